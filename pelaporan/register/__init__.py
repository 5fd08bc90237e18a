"""What registers of programmes share: kinds of rows as declarations, one way to write, one way to look back.

A register (`pangan`, `umkm`) declares its kinds of rows (`jenis.JenisBaris`); pages, files, the API and the phone
queue then read and write them through `services` and `selectors` here, under the same rules.
"""
