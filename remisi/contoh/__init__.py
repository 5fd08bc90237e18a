"""Cases of the training instance: remission that was decided, remission at work, some integration; plainly invented."""
