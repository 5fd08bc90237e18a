from django.db import migrations

# What was sent, decided and typed never changes: the roles have no right to, and the tables refuse even their owner.
TETAP = """
CREATE FUNCTION pelaporan_tetap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% hanya dapat ditambah', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER tetap BEFORE UPDATE OR DELETE ON pelaporan_laporanversi
    FOR EACH ROW EXECUTE FUNCTION pelaporan_tetap();
CREATE TRIGGER tetap BEFORE UPDATE OR DELETE ON pelaporan_kejadian
    FOR EACH ROW EXECUTE FUNCTION pelaporan_tetap();
CREATE TRIGGER tetap BEFORE UPDATE OR DELETE ON pelaporan_riwayatisian
    FOR EACH ROW EXECUTE FUNCTION pelaporan_tetap();

CREATE FUNCTION pelaporan_formulir_tetap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM pelaporan_laporan l WHERE l.formulir_versi_id = OLD.id AND l.status <> 'BELUM') THEN
        RAISE EXCEPTION 'formulir % sejak % sudah dipakai laporan', OLD.formulir_id, OLD.berlaku_dari;
    END IF;
    RETURN COALESCE(NEW, OLD);
END
$$;
CREATE TRIGGER tetap BEFORE UPDATE OR DELETE ON pelaporan_formulirversi
    FOR EACH ROW EXECUTE FUNCTION pelaporan_formulir_tetap();
"""

BATAL = """
DROP TRIGGER tetap ON pelaporan_laporanversi;
DROP TRIGGER tetap ON pelaporan_kejadian;
DROP TRIGGER tetap ON pelaporan_riwayatisian;
DROP TRIGGER tetap ON pelaporan_formulirversi;
DROP FUNCTION pelaporan_tetap;
DROP FUNCTION pelaporan_formulir_tetap;
"""


class Migration(migrations.Migration):
    dependencies = [("pelaporan", "0001_initial")]
    operations = [migrations.RunSQL(TETAP, BATAL)]
