import time
from tests.remisi.bantu_kasus import Meja, kesempatan, layak
def test_ukur(dunia):
    m=Meja(dunia); k=kesempatan(); t=time.time()
    data=layak(m.upt,dunia.operator_ambon,3000); print('orang',time.time()-t)
    kasus=None
    for nama,f in (('usulkan',lambda: m.usulkan(data,k)),('sidang',lambda: m.sidang(kasus)),('ajukan',lambda: m.ajukan(kasus)),('verif',lambda: m.verifikasi(kasus)),('pusat',lambda: m.verifikasi_pusat(kasus)),('sk',lambda: m.terbitkan(kasus))):
        t=time.time(); h=f(); print(nama,round(time.time()-t,2)); kasus=kasus or list(h.usulan)
