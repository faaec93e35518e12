"""Open Referral HSDS 3.0: its tables (`fields`), the API, data packages in and out."""
