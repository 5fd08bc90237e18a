// Entries written where the network is weak. A form marked data-antre is sent by script; what cannot be sent waits in
// this browser, under the person's own id, and is sent again and again with the same key: the server makes one row of
// it. Forms marked data-antre="tanpa-simpan" (persons' data, changes) are never kept here: they wait on their page.
// The page holds <section id="antre" data-orang="...">; forms work without this script.
(function () {
  'use strict';
  var d = document, papan = d.getElementById('antre');
  if (!papan) return;
  var ORANG = papan.dataset.orang, AWAL = 'antre:' + ORANG + ':', KLAIM = 'antre-klaim:' + ORANG;
  var SAYA = Math.random().toString(36).slice(2), BATAS = 20000, UMUR_KLAIM = 30000, TUNDA_MAKS = 60000;
  var gagal = 0, jam = null, jalan = false, sebab = '', penuh = false, bersih = null, sampai = [];
  // The page as it came, for the next entry; not when it came with errors.
  if (!d.getElementById('ringkasan-galat')) bersih = d.getElementById('isi').cloneNode(true);

  // ---- keeping: one stored item an entry, so that tabs never write over each other ----
  function semua() {
    var hasil = [];
    try {
      Object.keys(localStorage).forEach(function (k) {
        if (k.indexOf(AWAL) !== 0) return;
        try { hasil.push(JSON.parse(localStorage.getItem(k))); } catch (x) { /* not ours */ }
      });
    } catch (x) { /* storage forbidden: nothing waits here */ }
    return hasil.filter(Boolean).sort(function (a, b) { return a.pada - b.pada; });
  }
  function simpan(c) {
    try { localStorage.setItem(AWAL + c.kunci, JSON.stringify(c)); return true; } catch (x) { return false; }
  }
  function buang(c) { try { localStorage.removeItem(AWAL + c.kunci); } catch (x) { /* it was not kept */ } }
  function masih(c) { try { return localStorage.getItem(AWAL + c.kunci) !== null; } catch (x) { return false; } }

  // One tab sends at a time. Should two do so after all, the key still makes one row. Where the browser has no locks
  // (a page without TLS) a note in the storage stands for one.
  function klaim() {
    try {
      var k = JSON.parse(localStorage.getItem(KLAIM) || 'null');
      if (k && k[0] !== SAYA && k[1] > Date.now()) return false;
      localStorage.setItem(KLAIM, JSON.stringify([SAYA, Date.now() + UMUR_KLAIM]));
    } catch (x) { /* nothing is kept, so nothing is shared */ }
    return true;
  }
  function lepas() {
    try { if ((JSON.parse(localStorage.getItem(KLAIM)) || [])[0] === SAYA) localStorage.removeItem(KLAIM); } catch (x) { /* none */ }
  }

  // -> whether it was this tab's turn
  function bergiliran(kerja) {
    if (navigator.locks) {
      return navigator.locks.request(KLAIM, { ifAvailable: true }, function (k) {
        return k ? kerja().then(function () { return true; }) : false;
      });
    }
    return klaim() ? kerja().then(function () { lepas(); return true; }) : Promise.resolve(false);
  }

  // ---- sending ----
  function token() {
    var f = d.querySelector('[name=csrfmiddlewaretoken]');
    return (d.cookie.match(/(?:^|; )csrftoken=([^;]*)/) || [])[1] || (f ? f.value : '');
  }
  function pos(url, isi, terima) {
    var batas = new AbortController(), henti = setTimeout(function () { batas.abort(); }, BATAS);
    return fetch(url, {
      method: 'POST', credentials: 'same-origin', body: isi, signal: batas.signal,
      headers: { Accept: terima, 'X-CSRFToken': token() },
    }).finally(function () { clearTimeout(henti); });
  }
  function data(isi) {
    var f = new FormData();
    isi.forEach(function (x) { f.append(x[0], x[1]); });
    return f;
  }
  // -> {status, isi}; status 0: not answered, or to be tried again.
  function kirim(url, isi) {
    return pos(url, isi, 'application/json').then(function (j) {
      return j.json().catch(function () { return {}; }).then(function (x) {
        var lagi = j.status >= 500 || j.status === 429 || j.status === 401 || x.ulang || j.redirected;
        sebab = lagi && j.status < 500 ? x.pesan || '' : '';
        return { status: lagi ? 0 : j.status, isi: x, masuk: j.status === 401 };
      });
    }, function () { sebab = ''; return { status: 0, isi: {} }; });
  }
  function pesan(isi) {
    var b = isi.bidang || {}, t = isi.temuan || [], kata = Object.keys(b).map(function (k) { return b[k]; });
    kata = kata.concat(t.map(function (x) { return x.pesan; }));
    return kata.join(' ') || isi.pesan || 'Catatan ini ditolak. Buka, lalu periksa isinya.';
  }

  function jeda() { return Math.min(1000 * Math.pow(2, gagal), TUNDA_MAKS); }
  function jadwalkan(ms) { clearTimeout(jam); jam = setTimeout(kuras, ms); }
  function menunggu() { return semua().filter(function (c) { return !c.pesan; }); }
  // Sends what waits, oldest first, until all is gone or the network fails.
  function kuras() {
    clearTimeout(jam);
    if (jalan || !menunggu().length) { tampilkan(); return; }
    jalan = true;
    bergiliran(satu).then(function (sempat) {
      jalan = false;
      tampilkan();
      if (menunggu().length) jadwalkan(sempat ? jeda() : 5000);
    });
  }
  function satu() {
    var c = menunggu()[0];
    if (!c) { gagal = 0; return Promise.resolve(); }
    if (!navigator.locks) klaim();
    return kirim(c.url, data(c.isi)).then(function (h) {
      if (!h.status) { gagal += 1; return null; }
      gagal = 0;
      if (h.status < 300) { buang(c); sampai.push([c.label, h.isi.url]); }
      else if (masih(c)) { c.pesan = pesan(h.isi); if (!simpan(c)) { gagal += 1; return null; } }
      tampilkan();
      return satu();
    });
  }

  // ---- what waits, said on the page ----
  function unsur(nama, isi, sifat) {
    var u = d.createElement(nama);
    Object.keys(sifat || {}).forEach(function (k) { u.setAttribute(k, sifat[k]); });
    [].concat(isi).forEach(function (x) { u.append(x); });
    return u;
  }
  function tombol(kata, kelas, kerja) {
    var b = unsur('button', kata, { type: 'button', class: kelas });
    b.addEventListener('click', kerja);
    return b;
  }
  var suara = unsur('div', '', { class: 'sr', role: 'status' });
  d.body.append(suara);
  function pukul(ms) { return new Date(ms).toLocaleString('id-ID', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }); }
  function baris(c) {
    var li = unsur('li', [c.pesan ? unsur('a', c.label, { href: c.halaman + '#antre=' + c.kunci }) : c.label, ' ',
      unsur('span', pukul(c.pada) + (c.pesan ? '. ' + c.pesan : ''), { class: 'kecil redup' }), ' ']);
    if (c.pesan) {
      li.append(tombol('Buang', 'tombol-tautan', function () {
        if (confirm('Buang catatan ini? Isinya belum tersimpan di server.')) { buang(c); tampilkan(); }
      }));
    }
    return li;
  }
  function tampilkan(ganti) {
    var ada = semua(), tunggu = ada.filter(function (c) { return !c.pesan; }), tolak = ada.filter(function (c) { return c.pesan; });
    papan = d.getElementById('antre');
    papan.hidden = !ada.length && !ganti;
    papan.textContent = '';
    var kata = [];
    if (ganti) kata.push(ganti);
    if (tunggu.length) kata.push(tunggu.length + ' catatan menunggu sambungan. Tersimpan di perangkat ini dan dikirim sendiri.' + (sebab ? ' ' + sebab : ''));
    if (tolak.length) kata.push(tolak.length + ' catatan perlu diperbaiki. Buka, lalu simpan lagi.');
    suara.textContent = kata.concat(tersampaikan()).join(' ');
    var kotak = unsur('div', unsur('p', kata.join(' ')), { class: 'kotak ' + (tolak.length || ganti ? 'kotak-perbaikan' : '') });
    if (ada.length) kotak.append(unsur('ul', tolak.concat(tunggu).map(baris), { class: 'daftar-polos' }));
    if (tunggu.length) kotak.append(unsur('div', tombol('Kirim sekarang', 'tombol tombol-kedua tombol-kecil', function () { gagal = 0; kuras(); }), { class: 'deret' }));
    if (/[Mm]asuk lagi/.test(sebab)) kotak.lastChild.append(unsur('a', 'Masuk lagi', { href: '/masuk/?next=' + encodeURIComponent(location.pathname + location.search) }));
    papan.append(kotak);
  }

  // What arrived after it had waited: the page below was made before, so each entry is a link to how it looks now.
  function tersampaikan() {
    var kotak = d.getElementById('antre-sampai'), kata = sampai.length + ' catatan yang menunggu sudah tersimpan di server.';
    if (kotak) kotak.remove();
    if (!sampai.length) return [];
    papan.before(unsur('div', [unsur('p', unsur('strong', kata)), unsur('ul', sampai.map(function (x) {
      return unsur('li', unsur('a', x[0], { href: x[1] }));
    }), { class: 'daftar-polos' })], { class: 'kotak kotak-berhasil', id: 'antre-sampai' }));
    return [kata];
  }

  // ---- the form ----
  function isiDari(f, penekan) {
    var isi = [];
    new FormData(f).forEach(function (v, k) { if (k !== 'csrfmiddlewaretoken') isi.push([k, v]); });
    if (penekan && penekan.name) isi.push([penekan.name, penekan.value]);
    return isi;
  }
  function label(f) {
    var kata = [];
    [].forEach.call(f.elements, function (e) {
      if (e.type === 'hidden' || !e.name || !e.value || e.type === 'checkbox' || e.tagName === 'TEXTAREA' || kata.length > 2) return;
      if (e.type !== 'radio' || e.checked) kata.push(e.options ? e.options[e.selectedIndex].text : e.value);
    });
    return (f.dataset.label || 'Catatan') + ': ' + kata.join(', ');
  }
  function kunciBaru() {
    return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, function (c) {
      return (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16);
    });
  }
  function kosongkan(f) {
    if (bersih) {
      d.getElementById('isi').replaceWith(bersih.cloneNode(true));
      papan = d.getElementById('antre');
    } else {
      f.reset();
    }
    // Every form of the page: an entry under a key that waits already would take its place.
    d.querySelectorAll('form[data-antre]').forEach(function (x) { if (x.kunci) x.kunci.value = kunciBaru(); });
    history.replaceState(null, '', location.pathname + location.search);
  }
  // While it is being sent nothing can be typed: a form that is emptied afterwards would take it along.
  function sibuk(f, ya) {
    var b = f.querySelector('button:not([type=button])');
    f.inert = ya;
    if (ya) { f.dataset.dikirim = '1'; b.dataset.semula = b.textContent; b.textContent = 'Mengirim…'; }
    else { delete f.dataset.dikirim; b.textContent = b.dataset.semula; b.focus(); }
  }
  // Refused while the person is here: the server's own page with its messages takes this one's place.
  function tunjukkan(f, isi) {
    return pos(f.action, data(isi), 'text/html').then(function (j) {
      if (j.redirected) { location.assign(j.url); return null; }
      return j.text().then(function (teks) {
        var baru = new DOMParser().parseFromString(teks, 'text/html'), tempat = baru.getElementById('isi');
        if (!tempat.querySelector('form[data-antre]')) throw new Error('bukan formulir');
        d.title = baru.title;
        d.getElementById('isi').replaceWith(d.adoptNode(tempat));
        tampilkan();
        var galat = d.getElementById('ringkasan-galat');
        if (galat) galat.focus();
        return null;
      });
    });
  }
  function terima(f, c, simpanan, h) {
    if (h.status && h.status < 300) { if (c) buang(c); location.assign(h.isi.url); return null; }
    if (h.status) {
      if (c) { c.pesan = pesan(h.isi); simpan(c); }
      return tunjukkan(f, simpanan).then(function () { if (c) buang(c); tampilkan(); }, function () {
        sibuk(f, false);
        tampilkan(pesan(h.isi));
      });
    }
    sibuk(f, false);
    if (c) {
      gagal += 1;
      kosongkan(f);
      tampilkan();
      jadwalkan(jeda());
    } else {
      tampilkan((sebab || 'Belum terkirim: tidak ada sambungan.') + (penuh ? ' Penyimpanan perangkat ini penuh atau ditutup.' : '')
        + ' Isian hanya ada di halaman ini. Jangan tutup halamannya; tekan Simpan lagi setelah tersambung.');
    }
    d.getElementById('antre').scrollIntoView({ block: 'center' });
    return null;
  }
  d.addEventListener('submit', function (e) {
    var f = e.target;
    if (!f.hasAttribute('data-antre') || e.defaultPrevented) return;
    e.preventDefault();
    if (f.dataset.dikirim) return;
    var isi = isiDari(f, e.submitter), berkas = isi.some(function (x) { return typeof x[1] !== 'string'; });
    var kunci = f.kunci && f.kunci.value, c = null;
    if (f.dataset.antre !== 'tanpa-simpan' && !berkas && kunci) {
      c = { kunci: kunci, url: f.action, halaman: location.pathname + location.search, label: label(f), pada: Date.now(), isi: isi };
      if (!simpan(c)) c = null; // full or forbidden: the page itself still holds everything, and says so
    }
    penuh = f.dataset.antre !== 'tanpa-simpan' && !berkas && !c;
    sibuk(f, true);
    kirim(f.action, data(isi)).then(function (h) {
      return terima(f, c, isi, h);
    });
  }, true);

  // The form that an entry was written in; a page with several names each by its act (`aksi`).
  function formulir(c) {
    var aksi = (c.isi.filter(function (x) { return x[0] === 'aksi'; })[0] || [])[1];
    return [].filter.call(d.querySelectorAll('form[data-antre]'), function (f) {
      return f.kunci && (!aksi || (f.aksi && f.aksi.value === aksi));
    })[0];
  }

  // An entry that was opened again: its values go back into the form, under its own key.
  function kembalikan() {
    var kunci = (location.hash.match(/^#antre=([\w-]+)$/) || [])[1];
    var c = kunci && semua().filter(function (x) { return x.kunci === kunci; })[0], f = c && formulir(c);
    if (!f) return;
    for (var lipat = f.closest('details'); lipat; lipat = lipat.parentElement.closest('details')) lipat.open = true;
    [].forEach.call(f.elements, function (e) { if (/checkbox|radio/.test(e.type)) e.checked = false; });
    c.isi.forEach(function (x) {
      var e = f.elements[x[0]];
      if (!e || x[0] === 'csrfmiddlewaretoken') return;
      if (e.type === 'checkbox') e.checked = true; else e.value = x[1]; // a list of radios takes a value as well
    });
  }

  // An act that is opened is there to be filled in: one tap less.
  function keIsian(f) {
    var e = f && [].filter.call(f.elements, function (x) { return x.type !== 'hidden' && !x.value; })[0];
    if (e) e.focus({ preventScroll: true });
  }
  d.addEventListener('click', function (e) {
    var s = e.target.closest('summary');
    if (s && s.classList.contains('tombol') && !s.parentElement.open) setTimeout(keIsian, 0, s.parentElement.querySelector('form[data-antre]'));
  });

  addEventListener('online', function () { gagal = 0; kuras(); });
  addEventListener('storage', function (e) { if (!e.key || e.key.indexOf(AWAL) === 0) tampilkan(); });
  addEventListener('hashchange', kembalikan);
  d.addEventListener('visibilitychange', function () { if (!d.hidden) kuras(); });
  addEventListener('pagehide', lepas);
  kembalikan();
  if (bersih && /[?&]aksi=/.test(location.search)) { // after the browser has gone to the fragment, which takes the focus away
    addEventListener('load', function () { setTimeout(keIsian, 100, d.querySelector('details[open] > form[data-antre]')); });
  }
  kuras();
})();
