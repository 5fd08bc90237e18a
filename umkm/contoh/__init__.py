"""The UMKM register of the training instance: invented products and sales that add up to the invented reports."""
