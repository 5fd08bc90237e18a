// Opened names go away by themselves: after five minutes, when the page is left, or when it comes back from memory.
(function () {
  'use strict';
  var d = document, kotak = d.getElementById('nama-terbuka'), sisa = d.getElementById('sisa-buka');
  var tombol = d.getElementById('perpanjang-buka'), LAMA = 300, PERINGATAN = 60, akhir = 0, jam, kata = '';
  if (!kotak) return;

  function tutup() {
    clearInterval(jam);
    kotak.textContent = '';
    tombol.hidden = true;
    sisa.textContent = 'Nama sudah ditutup. Buka lagi dari daftarnya bila masih perlu.';
  }
  function hitung() {
    var detik = Math.round((akhir - Date.now()) / 1000);
    if (detik <= 0) { tutup(); return; }
    var baru = detik > PERINGATAN ? 'Nama tertutup sendiri sesudah 5 menit.' : 'Nama tertutup dalam satu menit.';
    if (baru !== kata) { kata = baru; sisa.textContent = baru; }
  }
  function mulai() { akhir = Date.now() + LAMA * 1000; hitung(); }

  tombol.addEventListener('click', mulai);
  addEventListener('pagehide', tutup);
  addEventListener('pageshow', function (e) { if (e.persisted) tutup(); });
  jam = setInterval(hitung, 1000);
  mulai();
})();
