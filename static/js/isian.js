// Section page: saves each cell by itself, keeps what is not sent yet, moves by keyboard. The page works without it.
// A cell is [data-alamat]; its field is #s-…, its state and reason (if any) #k-… and #r-…, its message #p-….
// laci.js (details in a drawer) comes before it; isian/tempel.js (paste, undo) and isian/daftar.js (rows) build on window.isian.
const form = document.getElementById('lembar');
const papan = document.getElementById('keadaan-simpan');
const maju = document.getElementById('maju');
const kunci = form.dataset.kunci;
const TUNDA = 1500, TUNDA_MAKS = 60000, UMUR_SALINAN = 7 * 864e5;

const sel = new Map(); // address -> {td, isi, k, r, awal: [text, state, reason] as the server has them}
const antre = new Set(); // addresses typed since the last acknowledged save
const tertahan = new Set(); // answered, but refused or in conflict: still only here
const ditempel = new Set(); // waiting cells that were pasted, not typed
const pribadi = document.querySelector('[data-pribadi]'); // no copy in the browser beside data about persons
let jam, terbang = null, gagal = 0, berhenti = false, pergi = false, jawaban = false;

const tanda = alamat => alamat.replace(/\//g, '-');
const milik = (awal, alamat) => document.getElementById(awal + tanda(alamat));
const baca = c => [c.isi.value, c.k ? c.k.value : 'isi', c.r ? c.r.value : ''];
const sama = (a, b) => a.every((x, i) => x === b[i]);
const tulis = (c, nilai) => { [c.isi, c.k, c.r].forEach((x, n) => { if (x) x.value = nilai[n]; }); };
const versi = c => +c.isi.name.split('|')[2];
const kabari = teks => { papan.textContent = teks; };

function kenali(td) {
  const alamat = td.dataset.alamat, isi = milik('s-', alamat);
  const c = { td, isi, k: milik('k-', alamat), r: milik('r-', alamat) };
  if (isi) {
    c.kini = c.awal = baca(c); [isi, c.k, c.r].forEach(x => { if (x) x.dataset.sel = alamat; });
    if (/galat|bentrok/.test(td.dataset.keadaan)) tertahan.add(alamat);
  }
  sel.set(alamat, c);
}
form.querySelectorAll('[data-alamat]').forEach(kenali);
const barisTampak = () => [...form.querySelectorAll('.tabel-daftar tbody tr')].map(tr => tr.id.slice(2)); // "b-<row>"
const selDari = el => el.dataset && el.dataset.sel;

// ---- browser copy: only what the server has not confirmed; gone when it has, and at logout ----
function salin() {
  if (pribadi) return;
  const isi = {};
  new Set([...antre, ...tertahan]).forEach(a => { const c = sel.get(a); isi[a] = [...baca(c), c.isi.name]; });
  try {
    if (Object.keys(isi).length) localStorage.setItem(kunci, JSON.stringify({ pada: Date.now(), isi }));
    else localStorage.removeItem(kunci);
  } catch (e) { /* full or forbidden: the page itself still holds everything */ }
}
function pulihkan() {
  if (pribadi) { try { localStorage.removeItem(kunci); } catch (e) { /* nothing was kept */ } return; }
  let semua;
  try { semua = JSON.parse(localStorage.getItem(kunci)); } catch (e) { return; }
  if (!semua || Date.now() - semua.pada > UMUR_SALINAN) return;
  Object.entries(semua.isi).forEach(([a, [isi, k, r, nama]]) => {
    const c = sel.get(a);
    if (!c || !c.isi || sama([isi, k, r], baca(c))) return;
    tulis(c, [isi, k, r]);
    c.isi.name = nama; // the version the person saw: a newer value on the server then shows as a conflict
    tunggu(a);
  });
  salin();
  if (antre.size) { kabari(antre.size + ' sel dipulihkan dari komputer ini, sedang dikirim.'); jadwalkan(0); }
}

// ---- state ----
function tandai(c, keadaan, html) {
  if (keadaan) c.td.dataset.keadaan = keadaan; else delete c.td.dataset.keadaan;
  if (c.isi && keadaan === 'galat') c.isi.setAttribute('aria-invalid', 'true');
  else if (c.isi) c.isi.removeAttribute('aria-invalid');
  const p = milik('p-', c.td.dataset.alamat);
  if (p && html !== undefined && !p.dataset.kotor) p.innerHTML = html;
}
function tunggu(alamat) {
  antre.add(alamat); tertahan.delete(alamat);
  tandai(sel.get(alamat), 'menunggu');
}
// Put values into a cell as if typed: a paste, its undo, a choice in a conflict.
function pasang(alamat, nilai, tempelan) {
  const c = sel.get(alamat);
  tulis(c, nilai);
  ubah(alamat, tempelan);
}
function ubah(alamat, tempelan) {
  const c = sel.get(alamat);
  if (!c || !c.isi || sama(baca(c), c.kini)) return; // leaving a field reports it a second time
  c.kini = baca(c);
  if (tempelan) ditempel.add(alamat); else ditempel.delete(alamat);
  tandaiBatas(c);
  if (sama(baca(c), c.awal) && !tertahan.has(alamat)) { antre.delete(alamat); tandai(c, ''); } else tunggu(alamat);
  salin();
  if (antre.size) { if (!terbang && !berhenti) kabari(antre.size + ' sel belum terkirim'); jadwalkan(TUNDA); }
}
// Outside the usual range: said, never asked. Only what can be read in one way; the server is the one that reads.
function angka(teks, desimal) {
  if (!/^-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$/.test(teks) || (desimal && teks.includes('.'))) return NaN;
  return +teks.replace(/\./g, '').replace(',', '.');
}
function tandaiBatas(c) {
  const batas = c.td.dataset.batas;
  if (!batas || !c.isi) return;
  const n = angka(c.isi.value.trim(), c.isi.inputMode === 'decimal'), [bawah, atas] = batas.split(' ').map(Number);
  (c.td.closest('.tabel-silang') ? c.td : c.td.parentNode).toggleAttribute('data-luar', n < bawah || n > atas);
}
function jadwalkan(ms) { clearTimeout(jam); if (!berhenti) jam = setTimeout(kirim, ms); }

// ---- sending ----
const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]*)/) || [])[1] || form.csrfmiddlewaretoken.value;

async function kirim() {
  clearTimeout(jam);
  if (terbang) return terbang;
  if (!antre.size || berhenti) return null;
  const tempelan = [...antre].every(a => ditempel.has(a)); // typed and pasted cells travel apart
  const giliran = [...antre].filter(a => tempelan || !ditempel.has(a));
  terbang = kirimkan(new Map(giliran.map(a => [a, baca(sel.get(a))])), tempelan ? { asal: 'tempel' } : {});
  try { await terbang; } finally { terbang = null; }
  if (antre.size && !berhenti) jadwalkan(gagal ? Math.min(1000 * 2 ** gagal, TUNDA_MAKS) : TUNDA);
  return null;
}
async function kirimkan(dikirim, lain) {
  const perubahan = [...dikirim].map(([a, [teks, keadaan, alasan]]) => {
    const [daftar, baris, kode] = a.includes('/') ? a.split('/') : ['', '', a];
    return { kode, daftar, baris, teks, keadaan, alasan, versi: versi(sel.get(a)) };
  });
  let jawab, isi = {};
  try {
    jawab = await fetch(form.dataset.simpan, {
      method: 'POST', credentials: 'same-origin', redirect: 'error',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': token() },
      body: JSON.stringify({ bagian: form.dataset.bagian, perubahan, baris: barisTampak(), ...lain }),
    });
    isi = await jawab.json();
  } catch (e) { jawab = jawab && jawab.status < 500 && !jawab.ok ? jawab : { status: 0 }; }
  if (jawab.ok && isi.sel) { gagal = 0; terima(dikirim, isi); return true; }
  tolak(jawab.status, isi);
  return false;
}
function tolak(status, isi) {
  gagal += 1;
  const n = antre.size + ' sel belum terkirim';
  if (status === 401) {
    kabari('');
    const a = document.createElement('a');
    a.href = form.dataset.masuk; a.target = '_blank'; a.rel = 'noopener'; a.textContent = 'Masuk lagi';
    papan.append((isi.pesan || 'Sesi berakhir.') + ' ' + n + '. ', a);
  } else if (!status || status >= 500 || status === 429 || isi.ulang) {
    kabari('Belum terkirim: ' + antre.size + ' sel tersimpan di komputer ini. Dicoba lagi otomatis.');
  } else {
    berhenti = true;
    kabari((isi.pesan || 'Isian tidak dapat disimpan.') + ' ' + n + '.');
    antre.forEach(a => tandai(sel.get(a), 'gagal'));
  }
}
function terima(dikirim, isi) {
  dikirim.forEach((teks, a) => {
    const c = sel.get(a);
    if (a in isi.konflik || a in isi.ditolak) {
      if (sama(baca(c), teks)) { antre.delete(a); tertahan.add(a); }
      return;
    }
    c.awal = teks;
    if (sama(baca(c), teks)) {
      antre.delete(a); ditempel.delete(a);
      const tampil = isi.tersimpan[a].tampil;
      if (teks[1] === 'isi' && c.isi !== document.activeElement && !c.isi.options) { c.isi.value = tampil; }
      c.awal = c.kini = baca(c);
    }
  });
  // a message that appears above must not move the field somebody is typing in
  const fokus = form.contains(document.activeElement) && document.activeElement, semula = fokus && fokus.getBoundingClientRect();
  Object.entries(isi.sel).forEach(([a, s]) => segarkan(a, s, dikirim.has(a)));
  Object.entries(isi.pesan_daftar || {}).forEach(([kode, html]) => {
    const p = form.querySelector('[data-pesan-daftar="' + kode + '"]');
    if (p) p.innerHTML = html;
  });
  if (fokus) tahan(fokus, semula);
  maju.textContent = isi.maju;
  Object.entries(isi.nav).forEach(([kode, n]) => segarkanNav(kode, ...n));
  salin();
  const sisa = antre.size ? ' ' + antre.size + ' sel belum terkirim.' : '';
  const perbaiki = tertahan.size ? ' ' + tertahan.size + ' sel perlu diperbaiki.' : '';
  kabari(isi.pesan + '.' + perbaiki + sisa);
}
function tahan(el, semula) {
  const kini = el.getBoundingClientRect(), gulir = el.closest('.gulir');
  scrollBy(0, kini.top - semula.top);
  if (gulir) gulir.scrollLeft += kini.left - semula.left;
  tampakkan(el);
}
// The bar at the bottom grows with what it says; the field with the cursor stays above it.
const bilah = form.querySelector('.bilah-bawah');
function tampakkan(el) {
  const tertutup = el.getBoundingClientRect().bottom + 8 - bilah.getBoundingClientRect().top;
  if (tertutup > 0) scrollBy(0, tertutup);
}
// Progress of every section, and sections that an answer has just closed: their fields fold away, nothing is lost.
function segarkanNav(kode, isi, dari, tutup) {
  const papanMaju = document.querySelector('[data-maju="' + kode + '"]');
  if (papanMaju) {
    papanMaju.textContent = tutup ? 'tidak ditanyakan' : dari ? isi + ' dari ' + dari : '';
    papanMaju.closest('a').toggleAttribute('data-penuh', dari > 0 && isi === dari);
  }
  const wadah = document.getElementById('isi-bagian'), kotak = document.getElementById('tutup');
  if (kode !== form.dataset.bagian || !kotak || wadah.hasAttribute('data-tutup') === !!tutup) return;
  wadah.toggleAttribute('data-tutup', !!tutup);
  wadah.open = !tutup;
  kotak.hidden = !tutup;
}
function segarkan(alamat, s, barusan) {
  const c = sel.get(alamat);
  if (!c) return;
  const salinan = form.querySelector('[value="periksa:' + alamat + '"]'), tawaran = form.querySelector('[value="salin:' + alamat + '"]');
  if (salinan && !s.c) salinan.closest('.disalin').remove();
  if (tawaran && !antre.has(alamat)) tawaran.hidden = !!(c.isi.value || (c.k && c.k.value !== 'isi'));
  const beda = c.td.parentNode.querySelector(':scope > .beda');
  if (beda) beda.textContent = s.b || '';
  if (!c.isi) c.td.querySelector('[data-nilai]').textContent = s.t || '';
  // a cell that was not taken keeps the version the person saw
  if (s.n && barusan && s.k !== 'bentrok') c.isi.name = s.n;
  if (antre.has(alamat) || (tertahan.has(alamat) && !barusan)) return;
  tandai(c, s.k || (barusan ? 'tersimpan' : c.td.dataset.keadaan === 'tersimpan' ? 'tersimpan' : ''), s.p || '');
}

// ---- keyboard: ordinary inputs, a few more ways to move ----
const semuaIsian = () => [...sel.values()].map(c => c.isi).filter(x => x && x.offsetParent);
function tetangga(el, arah) {
  const td = el.closest('td'), kolom = td ? td.cellIndex : -1, tabel = el.closest('table');
  let tr = td && td.parentNode;
  while (tr) {
    tr = arah > 0 ? tr.nextElementSibling : tr.previousElementSibling;
    const tuju = tr && tr.cells[kolom] && tr.cells[kolom].querySelector('[data-sel]');
    if (tuju) return tuju;
  }
  const semua = semuaIsian(), i = semua.indexOf(el);
  const lain = arah > 0 ? semua.slice(i + 1) : semua.slice(0, i).reverse();
  return lain.find(x => !tabel || x.closest('table') !== tabel);
}
function pindah(tuju, e) {
  if (!tuju) return;
  e.preventDefault();
  tuju.focus();
  if (tuju.select) tuju.select();
}
form.addEventListener('keydown', e => {
  const el = e.target, alamat = selDari(el);
  if (!alamat || e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
  const c = sel.get(alamat);
  if (e.key === 'Escape') {
    pasang(alamat, c.awal);
  }
  if (el.tagName !== 'INPUT') return;
  const semua = semuaIsian(), i = semua.indexOf(el), ujung = el.selectionStart === el.selectionEnd && i >= 0;
  if (e.key === 'Enter') { e.preventDefault(); pindah(tetangga(c.isi, e.shiftKey ? -1 : 1), e); }
  if (e.key === 'ArrowDown') pindah(tetangga(c.isi, 1), e);
  if (e.key === 'ArrowUp') pindah(tetangga(c.isi, -1), e);
  if (e.key === 'ArrowRight' && ujung && el.selectionEnd === el.value.length) pindah(semua[i + 1], e);
  if (e.key === 'ArrowLeft' && ujung && !el.selectionStart) pindah(semua[i - 1], e);
});

// ---- events ----
['input', 'change'].forEach(nama => form.addEventListener(nama, e => {
  const alamat = selDari(e.target);
  if (alamat) { ubah(alamat); return; }
  const p = e.target.closest('.sel-pesan');
  if (p) { p.dataset.kotor = '1'; jawaban = true; } // an answer being written is not replaced; a button sends it
}));
// A conflict is settled in place: keep mine (over the version that was shown), or take the other one's.
form.addEventListener('click', e => {
  const b = e.target.closest('button[value^="punyaku:"], button[value^="punyanya:"]');
  if (!b || berhenti) return;
  e.preventDefault();
  const [pilihan, alamat] = b.value.split(':'), c = sel.get(alamat), kotak = milik('p-', alamat);
  const [s, , , cap] = c.isi.name.split('|');
  c.isi.name = [s, alamat, kotak.querySelector('[name^="w|"]').value, cap].join('|');
  if (pilihan === 'punyanya') tulis(c, [b.dataset.nilai, b.dataset.k === 'nihil' ? 'isi' : b.dataset.k, b.dataset.r]);
  c.kini = baca(c);
  tunggu(alamat); salin(); tandaiBatas(c);
  c.isi.focus();
  jadwalkan(0);
});
addEventListener('online', () => { gagal = 0; jadwalkan(0); });
document.addEventListener('visibilitychange', () => { if (antre.size) jadwalkan(0); });
addEventListener('beforeunload', e => { if (!pergi && (antre.size || jawaban)) { e.preventDefault(); e.returnValue = ''; } });
// A button first sends what is waiting: without a connection the page, and everything on it, stays.
form.addEventListener('submit', async e => {
  form.csrfmiddlewaretoken.value = token();
  if (!antre.size || berhenti) { pergi = true; return; }
  e.preventDefault();
  gagal = 0;
  while (antre.size && !gagal && !berhenti) await kirim();
  if (!antre.size || berhenti) form.requestSubmit(form.contains(e.submitter) ? e.submitter : null);
});
addEventListener('pageshow', () => { pergi = false; });

// ---- the next cell that says nothing yet, from where the cursor is, then from the top ----
let terakhir = null;
const kosong = x => { const c = sel.get(selDari(x)); return !x.value.trim() && (!c.k || c.k.value === 'isi'); };
document.getElementById('lompat-kosong').addEventListener('click', e => {
  const semua = semuaIsian(), mulai = semua.indexOf(terakhir) + 1;
  const tuju = [...semua.slice(mulai), ...semua.slice(0, mulai)].find(kosong);
  if (tuju) { tuju.scrollIntoView({ block: 'center' }); pindah(tuju, e); }
  else e.target.textContent = 'Tidak ada butir kosong lagi di bagian ini';
});

// ---- in a cross table there is no room beside every cell: name and range of the one with the cursor stand below ----
const papanSel = document.getElementById('konteks-sel');
const tertulis = n => Number(n).toLocaleString('id-ID');
function konteks(el) {
  const td = el.closest('.tabel-silang td.sel'), nama = td && el.getAttribute('aria-label');
  if (!td) { papanSel.textContent = ''; return; }
  const [bawah, atas] = (td.dataset.batas || '').split(' ');
  if (!atas) { papanSel.textContent = nama; return; }
  papanSel.textContent = nama + ': biasanya ' + (bawah === atas ? '' : tertulis(bawah) + '–') + tertulis(atas)
    + (td.hasAttribute('data-luar') ? '. Di luar kebiasaan; bila benar, biarkan.' : '.');
}
['focusin', 'input'].forEach(nama => form.addEventListener(nama, e => {
  if (!selDari(e.target)) return;
  terakhir = sel.get(selDari(e.target)).isi;
  konteks(terakhir);
  tampakkan(e.target);
}));

// ---- a copied cell is confirmed without leaving the page ----
form.addEventListener('click', async e => {
  const b = e.target.closest('button[value^="periksa:"]');
  const alamat = b && b.value.slice(8);
  if (!b || !sel.has(alamat)) return; // a whole row of a list is confirmed with a page
  e.preventDefault();
  b.disabled = true;
  if (await kirimkan(new Map(), { periksa: [alamat] })) sel.get(alamat).isi.focus(); else b.disabled = false;
});

// ---- details of a cell in a drawer: their history includes what was just typed ----
window.laci.dulu = kirim;
form.addEventListener('keydown', e => {
  const alamat = selDari(e.target);
  if (!alamat || !form.dataset.rincian || e.key !== 'Enter' || !(e.ctrlKey || e.metaKey) || alamat.includes('/')) return;
  e.preventDefault();
  window.laci.buka(form.dataset.rincian.replace('--sel--', alamat), e.target);
});

window.isian = {
  form, sel, antre, baca, pasang, selDari, semuaIsian, pindah, tetangga, kenali, kabari, token, jadwalkan,
};
pulihkan();
