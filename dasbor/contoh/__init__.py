"""The training instance: invented but plausible data for every unit, calibrated to public totals.

Pure part: `acak`, `kalibrasi`, `profil`, `f01`, `f02`, `f04`, `f06`, `susun`, `beku`, `riwayat`. The rest
writes it to the database.
"""
