"""The launcher behind `make run`, `make test` and their sisters. Standard library only.

It has to work before anything is installed, so no module here imports a third-party package.
"""
