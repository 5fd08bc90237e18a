"""Evidence at a report: photos and PDF files, checked before anything reads them."""
