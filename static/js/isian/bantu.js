// Helps on the section page: next empty cell, usual range of the cell in a cross table, details in a drawer.
const { form, sel, tampakkan, selDari, semuaIsian, pindah, kirim, kirimkan } = window.isian;

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
const papan = document.getElementById('konteks-sel');
const tulis = n => Number(n).toLocaleString('id-ID');
function konteks(el) {
  const td = el.closest('.tabel-silang td.sel'), nama = td && el.getAttribute('aria-label');
  if (!td) { papan.textContent = ''; return; }
  const [bawah, atas] = (td.dataset.batas || '').split(' ');
  if (!atas) { papan.textContent = nama; return; }
  papan.textContent = nama + ': biasanya ' + (bawah === atas ? '' : tulis(bawah) + '–') + tulis(atas)
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

// ---- details of a cell: the same page as the link, in a drawer ----
let laci, isi, asal;
function buatLaci() {
  laci = document.createElement('dialog');
  laci.className = 'laci';
  laci.setAttribute('aria-label', 'Rincian butir');
  const tutup = document.createElement('button');
  tutup.type = 'button'; tutup.className = 'tombol tombol-kedua tombol-kecil'; tutup.textContent = 'Tutup';
  tutup.addEventListener('click', () => laci.close());
  isi = document.createElement('div');
  isi.className = 'susun'; isi.setAttribute('aria-live', 'polite');
  laci.append(tutup, isi);
  laci.addEventListener('close', () => { isi.textContent = ''; if (asal) asal.focus(); });
  document.body.append(laci);
}
async function buka(url, dari) {
  if (!laci) buatLaci();
  asal = dari;
  if (!laci.open) laci.showModal();
  isi.textContent = 'Memuat rincian…';
  await kirim(); // the history in the drawer includes what was just typed
  try {
    const jawab = await fetch(url + (url.includes('?') ? '&' : '?') + 'potongan=1', { credentials: 'same-origin', redirect: 'error' });
    if (!jawab.ok) throw new Error(String(jawab.status));
    isi.innerHTML = await jawab.text();
  } catch (g) { gagal(url, dari); }
}
function gagal(url, dari) {
  const p = document.createElement('p'), ulang = document.createElement('button'), a = document.createElement('a');
  p.textContent = 'Rincian tidak dapat dimuat. Isian Anda tidak terpengaruh.';
  ulang.type = 'button'; ulang.className = 'tombol tombol-kedua tombol-kecil'; ulang.textContent = 'Coba lagi';
  ulang.addEventListener('click', () => buka(url, dari));
  a.href = url; a.textContent = 'Buka sebagai halaman';
  isi.replaceChildren(p, ulang, a);
}
form.addEventListener('click', e => {
  const a = e.target.closest('a[data-laci]');
  if (!a || e.ctrlKey || e.metaKey || e.shiftKey) return;
  e.preventDefault();
  // last month's figure under a cell of a cross table is a way in for the mouse: the cursor returns to the field
  buka(a.href, (a.classList.contains('lalu') && a.closest('td').querySelector('[data-sel]')) || a);
});
form.addEventListener('keydown', e => {
  const alamat = selDari(e.target);
  if (!alamat || !form.dataset.rincian || e.key !== 'Enter' || !(e.ctrlKey || e.metaKey) || alamat.includes('/')) return;
  e.preventDefault();
  buka(form.dataset.rincian.replace('--sel--', alamat), e.target);
});
