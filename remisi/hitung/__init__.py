"""How dates, amounts and savings are computed; `remisi.aturan` is the door."""
