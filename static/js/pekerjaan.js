// Follows a long job: asks its JSON after 2, 5, then every 15 seconds, and reloads once when it has ended.
// JSON: {selesai: int, total: int|null, teks: str, akhir: bool}. Answers 304 while nothing has changed.
(function () {
  'use strict';
  var kotak = document.querySelector('[data-pekerjaan]');
  if (!kotak) return;
  var bar = kotak.querySelector('progress'), teks = kotak.querySelector('[data-teks]');
  var suara = kotak.querySelector('[data-suara]'), jeda = [2, 5], etag = '', kuartal = -1;

  function tampilkan(k) {
    if (k.akhir) { location.reload(); return; }
    if (k.total) { bar.max = k.total; bar.value = k.selesai; } else { bar.removeAttribute('value'); }
    teks.textContent = k.teks;
    // Read aloud at quarters only, so that a screen reader is not flooded.
    var q = k.total ? Math.floor(4 * k.selesai / k.total) : 0;
    if (q !== kuartal) { kuartal = q; suara.textContent = k.teks; }
    nanti();
  }
  function tanya() {
    fetch(kotak.dataset.pekerjaan, {
      headers: etag ? { Accept: 'application/json', 'If-None-Match': etag } : { Accept: 'application/json' },
      credentials: 'same-origin', cache: 'no-store'
    }).then(function (r) {
      if (r.status === 304) { nanti(); return null; }
      if (!r.ok) throw r;
      etag = r.headers.get('ETag') || '';
      return r.json().then(tampilkan);
    }).catch(function () {
      teks.textContent = 'Status belum dapat dimuat. Dicoba lagi otomatis; pekerjaan tetap berjalan.';
      nanti();
    });
  }
  function nanti() { setTimeout(tanya, 1000 * (jeda.length ? jeda.shift() : 15)); }
  nanti();
})();
