from django.db import migrations

SIDIK = """
CREATE FUNCTION jejak_sidik(p_rantai text, p_urut bigint, p_waktu timestamptz, p_pelaku_id bigint, p_pelaku text,
    p_tindakan text, p_objek text, p_objek_id text, p_upt bigint, p_kanwil bigint, p_rincian jsonb, p_sebelum text)
RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(p_sebelum, p_rantai, p_urut,
        to_char(p_waktu AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), p_pelaku_id, p_pelaku, p_tindakan, p_objek,
        p_objek_id, p_upt, p_kanwil, p_rincian)::text, 'UTF8')), 'hex')
$$;
"""

TAMBAH = """
CREATE FUNCTION jejak_tambah(p_rantai text, p_pelaku_id bigint, p_pelaku text, p_tindakan text, p_objek text,
    p_objek_id text, p_upt bigint, p_kanwil bigint, p_rincian jsonb)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    kepala jejak_kepalarantai%ROWTYPE;
    kini timestamptz;
    sidik_baru text;
BEGIN
    INSERT INTO jejak_kepalarantai (rantai, urut, sidik) VALUES (p_rantai, 0, '') ON CONFLICT DO NOTHING;
    SELECT * INTO kepala FROM jejak_kepalarantai WHERE rantai = p_rantai FOR UPDATE;
    kini := clock_timestamp();
    sidik_baru := jejak_sidik(p_rantai, kepala.urut + 1, kini, p_pelaku_id, p_pelaku, p_tindakan, p_objek, p_objek_id,
                              p_upt, p_kanwil, p_rincian, kepala.sidik);
    INSERT INTO jejak_jejak (rantai, urut, waktu, pelaku_id, pelaku, tindakan, objek, objek_id, upt_id, kanwil_id,
                             rincian, sidik_sebelum, sidik)
    VALUES (p_rantai, kepala.urut + 1, kini, p_pelaku_id, p_pelaku, p_tindakan, p_objek, p_objek_id, p_upt, p_kanwil,
            p_rincian, kepala.sidik, sidik_baru);
    UPDATE jejak_kepalarantai SET urut = kepala.urut + 1, sidik = sidik_baru WHERE rantai = p_rantai;
    RETURN kepala.urut + 1;
END
$$;
"""

# Also the owner of the table cannot change a link by accident; a database administrator can, and the chain shows it.
TETAP = """
CREATE FUNCTION jejak_tetap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'jejak hanya dapat ditambah';
END
$$;
CREATE TRIGGER jejak_tetap BEFORE UPDATE OR DELETE ON jejak_jejak FOR EACH ROW EXECUTE FUNCTION jejak_tetap();
"""


class Migration(migrations.Migration):
    dependencies = [("jejak", "0001_initial")]
    operations = [
        migrations.RunSQL(SIDIK, "DROP FUNCTION jejak_sidik"),
        migrations.RunSQL(TAMBAH, "DROP FUNCTION jejak_tambah"),
        migrations.RunSQL(TETAP, "DROP TRIGGER jejak_tetap ON jejak_jejak; DROP FUNCTION jejak_tetap"),
    ]
