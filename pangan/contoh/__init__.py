"""The food register of the training instance: invented plots and harvests that add up to the invented reports."""
