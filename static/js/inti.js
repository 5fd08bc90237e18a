// Small helps on every page. Each page works without them.
(function () {
  'use strict';
  var d = document;
  d.documentElement.classList.add('js');

  var galat = d.getElementById('ringkasan-galat');
  if (galat) galat.focus();

  // One press is one request. The button is disabled after the browser has taken its name and value.
  d.addEventListener('submit', function (e) {
    var f = e.target;
    if (e.defaultPrevented || f.hasAttribute('data-unduh')) return;
    if (f.dataset.dikirim) { e.preventDefault(); return; }
    f.dataset.dikirim = '1';
    setTimeout(function () {
      f.querySelectorAll('button:not([type=button])').forEach(function (b) {
        if (b === e.submitter) { b.dataset.semula = b.innerHTML; b.textContent = 'Memproses…'; }
        b.disabled = true;
      });
    }, 0);
  });
  // Office computers are shared: logging out takes the copies of unsent cells along.
  d.addEventListener('submit', function (e) {
    if (!e.defaultPrevented && /\/keluar\/$/.test(e.target.action)) {
      try {
        Object.keys(localStorage).forEach(function (k) { if (k.indexOf('isian:') === 0) localStorage.removeItem(k); });
      } catch (x) { /* storage forbidden: nothing was kept */ }
    }
  });
  // The page came back from the browser's memory (button "back"): make it usable again.
  addEventListener('pageshow', function (e) {
    if (!e.persisted) return;
    d.querySelectorAll('form[data-dikirim]').forEach(function (f) {
      delete f.dataset.dikirim;
      f.querySelectorAll('button:disabled').forEach(function (b) {
        b.disabled = false;
        if (b.dataset.semula) b.innerHTML = b.dataset.semula;
      });
    });
  });

  d.addEventListener('click', function (e) {
    var b = e.target.closest('[data-tampilkan],[data-cetak],[data-salin]');
    if (!b) return;
    if (b.dataset.tampilkan) {
      var isian = d.getElementById(b.dataset.tampilkan), tampil = isian.type === 'password';
      isian.type = tampil ? 'text' : 'password';
      b.textContent = tampil ? 'Sembunyikan' : 'Tampilkan';
      b.setAttribute('aria-pressed', String(tampil));
    } else if (b.hasAttribute('data-cetak')) {
      print();
    } else {
      var asal = b.dataset.salin && d.getElementById(b.dataset.salin);
      (navigator.clipboard ? navigator.clipboard.writeText(asal ? asal.textContent.trim() : location.href) : Promise.reject())
        .then(function () { kabarkan('Tersalin.', 3); }, function () { kabarkan('Tidak dapat menyalin. Salin dengan tangan.', 6); });
    }
  });

  // <input type=checkbox data-pilih-semua="nama"> follows and leads the boxes of that name.
  d.addEventListener('change', function (e) {
    var nama = e.target.dataset.pilihSemua;
    if (nama) d.getElementsByName(nama).forEach(function (k) { if (!k.disabled) k.checked = e.target.checked; });
  });

  // Esc closes an open menu and gives the focus back.
  d.addEventListener('keydown', function (e) {
    var m = e.key === 'Escape' && d.querySelector('.menu-akun[open]');
    if (m) { m.open = false; m.firstElementChild.focus(); }
  });

  addEventListener('beforeprint', function () {
    d.querySelectorAll('details:not(.menu-akun)').forEach(function (x) { x.open = true; });
  });

  var papan = d.getElementById('sambungan'), jam;
  function kabarkan(teks, detik) {
    clearTimeout(jam);
    papan.textContent = teks;
    if (detik) jam = setTimeout(function () { papan.textContent = ''; }, detik * 1000);
  }
  addEventListener('offline', function () {
    kabarkan(d.getElementById('antre') ? 'Luring.' : 'Luring. Yang belum terkirim tetap di halaman ini; jangan tutup halamannya.');
  });
  addEventListener('online', function () { kabarkan('Terhubung kembali.', 6); });
})();
