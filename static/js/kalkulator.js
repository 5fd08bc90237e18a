// A new row without asking the server: the last one once more, empty, with the next number.
(function () {
  'use strict';
  var d = document;
  function tambah(tombol) {
    var tabel = d.getElementById(tombol.dataset.tambahBaris), baris = tabel.querySelectorAll('tbody tr');
    var banyak = d.getElementById(tabel.id + '-n'), lama = baris[baris.length - 1], n = baris.length;
    if (n >= Number(tabel.dataset.maks)) return false;
    var baru = lama.cloneNode(true);
    baru.querySelector('th').textContent = n + 1;
    baru.querySelectorAll('.pesan-galat').forEach(function (e) { e.remove(); });
    baru.querySelectorAll('input, label').forEach(function (e) {
      ['id', 'name', 'for', 'aria-label'].forEach(function (a) {
        if (e.hasAttribute(a)) e.setAttribute(a, e.getAttribute(a).replace(a === 'aria-label' ? /\d+$/ : /-\d+-/, a === 'aria-label' ? n + 1 : '-' + n + '-'));
      });
      e.removeAttribute('aria-invalid'); e.removeAttribute('aria-describedby'); e.removeAttribute('value');
      if ('value' in e) e.value = '';
    });
    lama.after(baru);
    banyak.value = n + 1;
    baru.querySelector('input').focus();
    return true;
  }
  d.addEventListener('click', function (e) {
    var tombol = e.target.closest('[data-tambah-baris]');
    if (tombol && tambah(tombol)) e.preventDefault();
  });
})();
