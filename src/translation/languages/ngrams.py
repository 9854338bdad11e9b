"""The table of :mod:`translation.languages.detection`, written by scripts/make_ngrams.py.

Do not edit: change the script, then run it. NOTICE names the sources.
"""

# fmt: off
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!"
"""What stands for the languages of a script, in their order."""

WEIGHT = 0.2
"""What a vote adds to the logarithm of a probability."""

# A script's languages; the votes that each has from the start; n-grams, with _ for the beginning
# and the end of a word; for each a letter for each vote.
TABLES: dict[str, tuple[str, str, str, str]] = {
    "latin": (
"""\
af ast az br bs ca ceb cs cy da de en es et ff fi fr fy ga gd gl ha hr ht hu id ig ilo is it jv lb
lg ln lt lv mg ms nl no ns oc pl pt ro sk sl so sq sr ss su sv sw tl tn tr uz vi wo xh yo zu
""",
"""\
aa  cc d  ff  hhh i jjj kkk lllll mmmm n o ppp qqqq  s t uuu v www x yyy zzzz AA B CC DDD E FF   I J
K LLL MMM NNN O  QQQ RRRR SSS TTT UU V WW XX  Z 000 1 22 3 444 5 66666 77 8 99 !
""",
"""\
_a _a_ _aa _aan _ab _aba _abo _about_ _abr _abrir_ _ac _acc _acceder_ _ace _acest_ _aco _act _actos_
_ad _ada _ada_ _add _add_ _adg _adi _adicionar_ _adr _adu _adunay_ _af _af_ _afe _aff _afr _afs _aft
_after_ _ag _ag_ _aga _again_ _agb _agg _agu _agus_ _ah _ah_ _aho _ahora_ _ai _aik _ain _ainda_ _air
_air_ _aj _aj_ _ajo _aju _ak _ak_ _aka _akan_ _ako _ako_ _aks _akt _aku _al _al_ _ala _alamar_
_alamat_ _ale _ale_ _alebo_ _alg _ali _ali_ _all _all_ _allegría_ _allinne_ _als _als_ _alt _am _am_
_ama _amb _amb_ _ami _amin_ _an _an_ _ana _ana_ _anc _anche_ _and _and_ _anda_ _andlit_ _ang _ang_
_ani _animal_ _animale_ _ann _ann_ _ano _ano_ _ans _ansigt_ _ansikte_ _ant _anu _anu_ _any _anya_
_ao _ao_ _ap _ap_ _apa _app _apr _apri_ _aq _aqu _aquest_ _ar _ar_ _ara _arbitrariamente_ _arc _arc_
_archivo_ _are _are_ _arq _arr _arrow_ _as _as_ _ase _asembleya_ _asi _ask _askan_ _ass _at _at_
_ata _atas_ _atau_ _atawa_ _ati _ats _att _att_ _atu _au _au_ _aud _audio_ _auf _auf_ _aus _aut
_autres_ _av _av_ _ava _avall_ _ave _avec_ _aw _ay _ay_ _aya _ayana_ _ayu _az _az_ _aza _azali_ _aç
_að _að_ _añ _aña _b _ba _ba_ _baa _bae _bae_ _bag _bagi_ _bagian_ _bah _baharu_ _bahwa_ _bai _bak
_bal _ban _bar _baru_ _bas _baw _be _be_ _beb _bebas_ _bec _beh _bei _bei_ _bel _belum_ _ber _bes
_besu_ _bev _bez _bh _bhf _bhi _bhith_ _bi _bi_ _bih _bih_ _bij _bil _bilan_ _bin _binatang_ _bir
_bir_ _bis _bisa_ _bisan_ _bit _bj _bl _ble_ _blev_ _bo _bo_ _bog _boga_ _boh _boh_ _boi _bok _bol
_boleh_ _boo _bookmark_ _bor _bos _bot _botón_ _bou _boʻ _br _bre _bru _bu _bu_ _bud _buk _buka_
_bul _but _but_ _butang_ _buton_ _button_ _buź _buźka_ _bw _by _by_ _byl _bă _bộ _bộ_ _bụ _c _c_ _ca
_ca_ _cal _calquera_ _camera_ _can _can_ _cap_ _car _cara_ _care_ _ce _ce_ _cer _certificat_
_certificate_ _cet _cette_ _ch _cha _chave_ _chc _che _che_ _chi _cho _cho_ _chr _chrome_ _chromium_
_chỉ _ci _ci_ _cid _cik _cikin_ _cil _cir _circle_ _cirkel_ _cl _cla _clave_ _clo _close_ _co _cob
_coba_ _col _com _com_ _come_ _como_ _con _con_ _conta_ _content_ _contra_ _control_ _coo _cookie_
_cor _cr _cra _cri _cs _cu _cu_ _cua _cualesquier_ _cue _cur _cus _cy _cz _cza _cá _câ _câm _cí _cím
_cò _còi _có _có_ _củ _của _của_ _d _d_ _da _da_ _daa _dad _dadi_ _dados_ _dag _dah _dahil_ _dal
_dalam_ _další_ _dan _dan_ _dans_ _dap _dapat_ _dar _darbe_ _dari_ _daripada_ _das _das_ _dat _dat_
_data_ _datos_ _dd _de _de_ _dec _dee _def _default_ _defensa_ _deg _dei _dei_ _del _del_ _delete_
_della_ _delle_ _dem _dem_ _den _den_ _dengan_ _denne_ _der _der_ _dereito_ _des _des_ _desde_
_desenvolver_ _det _det_ _dette_ _deu _deur_ _deus_ _dev _dey _deytoy_ _dez _deze_ _değ _dh _dhe
_dhe_ _dhi _di _di_ _dia _dia_ _dib _diblokir_ _die _die_ _diese_ _dii _dij _dik _dili_ _din _din_
_dina_ _dins_ _dip _dir _direita_ _dis _dit _dit_ _dj _dje _dl _dla _dla_ _do _do_ _doble_ _dod _dol
_don _donna_ _doo _dop _dos _dos_ _dosya_ _dou _double_ _dow _dr _dre _drech_ _dreches_ _drechu_
_dri _dro _dru _du _du_ _due _dun _dun_ _dur _dv _dw _dwa _dwa_ _dy _dy_ _dz _dzi _dé _déi _déi_ _dê
_dêr _dêr_ _dü _də _dấ _dấu _dấu_ _dị _e _e_ _ea _eb _ebi _ec _ed _ede _ede_ _ee _ee_ _een _een_
_ees _ef _eft _eg _ege _egy _ei _ei_ _eig _ein _ein_ _ek _ek_ _eki _ekk _ekl _eko _ekolo_ _eks
_ekstensi_ _el _el_ _ele _ele_ _eli _elk _elk_ _ell _eller_ _elo _els _els_ _em _em_ _ema _email_
_emb _en _en_ _eng _eng_ _enh _ent _enter_ _entre_ _eo _eo_ _ep _epi _epi_ _eq _equ _er _er_ _erk
_erkak_ _erkek_ _err _error_ _ers _es _es_ _esc _ese _esp _esq _est _est_ _esta_ _este_ _está_ _et
_et_ _ett _ett_ _etter_ _eu _eur _ev _eve _ex _ext _ey _eye _ez _eza _ezi _f _fa _fa_ _fac _faccina_
_face_ _fai _fail_ _fal _fam _familha_ _familia_ _fan _fan_ _fav _favoritos_ _faz _fazer_ _fe _fec
_fei _fej _fel _fem _femeie_ _femme_ _fer _few _few_ _ff _fh _fi _fic _fil _file_ _finns_ _fir _fir_
_first_ _fj _fje _fjes_ _fl _fle _flecha_ _fli _fo _foa _fof _fof_ _foi _foi_ _fol _fon _for _for_
_fos _fost_ _fot _foto_ _fr _fra _fra_ _frankiz_ _fre _frecha_ _fri _fro _from_ _frä _frå _fu _fue
_fus _futsi_ _fy _fyr _få _fè _fè_ _fé _fér _férfi_ _fö _för _för_ _fø _fü _für _für_ _g _ga _gac
_gach_ _gam _gan _gan_ _gao _gaout_ _gb _gc _ge _ge_ _geb _gel _gem _gen _gen_ _generala_ _ger _ges
_gesicht_ _gesig_ _gesiicht_ _get _get_ _gev _gez _gezicht_ _geç _gi _gik _gim _gimong_ _gin _gin_
_gio _giv _gj _gje _gl _go _go_ _gob _goba_ _god _godine_ _gom _goo _google_ _gor _gr _gra _gre _gro
_gu _gu_ _gua _gui _gw _gwi _gwir_ _gy _gó _góo _góor_ _gö _gü _h _ha _ha_ _hac _hacia_ _had _hadde_
_haf _hai _haiwan_ _hak _hak_ _hakke_ _hakkin_ _hal _hal_ _halaman_ _han _han_ _hanno_ _hap _hapus_
_har _har_ _harus_ _has _has_ _hat _hat_ _hav _havde_ _have_ _haw _hay _he _he_ _hea _heb _hee
_heeft_ _hes _het _het_ _hew _hewan_ _hi _hi_ _hin _hindi_ _hir _his_ _hit _hitam_ _hj _hje _hjä _hl
_hla _ho _ho_ _hod _hog _hogy_ _hol _hom _hombre_ _homem_ _homme_ _hon _hor _hr _hrv _hu _hue _huet_
_hui _huk _hul _hulle_ _hum _huq _hv _hvo _hy _hy_ _há _hå _hæ _hö _hög _hø _høj _høy _hə _i _i_ _ia
_ib _iba _id _id_ _ie _if _if_ _ig _igu _iguais_ _ih _ihr _ii _iin _ik _ik_ _iki _ikike_ _ikk _ikke_
_il _il_ _ile _ile_ _ili _ili_ _im _im_ _imagen_ _ime _imp _in _in_ _ina _ina_ _inc _ind _ind_
_indonesia_ _ing _ing_ _ini _ini_ _inn _inn_ _ins _inson_ _int _inte_ _ir _ir_ _is _is_ _isa _isang_
_isi _ist _ist_ _it _it_ _iti _iti_ _ito _ito_ _its _itu _itu_ _iy _iya _iyang_ _iyo _iyo_ _iyong_
_iz _iza _izb _izi _iç _içi _iş _iš _iš_ _j _ja _ja_ _jaa _jag _jag_ _jak _jal _jalma_ _jap
_japanese_ _japonés_ _jau _je _je_ _jed _jeg _jeg_ _jel _jen _jeneral_ _jes _jest_ _jeu _jeung_ _ji
_jig _jigéen_ _jir _jo _jo_ _jog _jogii_ _jou _js _ju _jug _juga_ _juh _jus _já _já_ _jä _k _k_ _ka
_ka_ _kabebasan_ _kad _kad_ _kah _kai _kal _kala_ _kam _kami_ _kan _kan_ _kana_ _kanam_ _kanan_
_kang_ _kanthi_ _kanyang_ _kanye_ _kap _kar _karena_ _kartu_ _kas _kat _kata_ _kati_ _katika_
_katungod_ _katut_ _kay _kd _ke _ke_ _keb _kec _kei _kel _kem _ken _ken_ _kenn_ _kep _ker _ket _ket_
_key _key_ _kg _kh _ki _ki_ _kin _kini_ _kinsa_ _kir _kj _kk _kl _kle _klo _kn _knapp_ _ko _ko_ _koh
_koj _kom _kon _kona_ _kop _kor _kos _kot _kot_ _kow _koz _kr _kry _kt _kte _kto _któ _ku _ku_ _kui
_kui_ _kul _kum _kuma_ _kun _kunci_ _kung_ _kunne_ _kur _kut _kv _kvi _kvinde_ _kvinna_ _kvinne_ _kw
_kwa _kwa_ _kwenye_ _kwi _ky _kä _käy _ké _kë _kõ _kö _kön _kø _kü _kı _l _l_ _la _la_ _lag _lagi_
_lah _lahat_ _lahko_ _lai _lain_ _lainnya_ _lak _laki_ _lakip_ _lal _laluan_ _lalwa_ _lan _lan_
_large_ _las _las_ _last_ _lav _lay _layar_ _le _le_ _lea _leb _lebih_ _lef _lei _lel _lelaki_ _len_
_les _les_ _let _ley _leydi_ _li _li_ _lib _libre_ _lic _lice_ _lie _lig _lik _likita_ _lil _lim
_lin _links_ _lit _liu _lj _lju _ll _lle _lli _llo _llorando_ _lo _lo_ _loc _local_ _log _login_
_lok _los _los_ _loz _lu _lu_ _luk _ly _lyd _là _lä _m _ma _ma_ _mae _mae_ _mag _mai _mai_ _mais_
_maj _majelis_ _mak _man _man_ _manan_ _mand_ _mang_ _manlig_ _manlike_ _mannlig_ _many_ _mar _mar_
_mas _mas_ _masarakat_ _mat _mat_ _matag_ _matrimonio_ _may _mb _mba _mbaa_ _mbe _mbele_ _me _me_
_med _med_ _media_ _mediante_ _medio_ _mee _meg _meget_ _mei _mei_ _mel _mem _membros_ _men _men_
_mengan_ _menm_ _mer _mereka_ _mes _met _met_ _mey _meysa_ _með _mg _mga _mga_ _mh _mi _mid _mie
_mil _milih_ _min _mit _mit_ _mj _mje _mk _mko _mkp _ml _mla _mm _mo _mo_ _mod _moe _moi _mok _mol
_mon _monene_ _monna_ _mor _more_ _mos _mosadi_ _mostrar_ _mot _moto_ _mou _moun_ _moy _moš _moż _ms
_mt _mu _mu_ _muc _mui _muito_ _muj _mujer_ _muk _muka_ _mukha_ _mul _mulher_ _muller_ _mum _mum_
_muo _mus _mut _mutató_ _mutum_ _muu _muš _mw _mwa _my _má _más _más_ _mä _må _mås _måste_ _mé _més
_més_ _më _mën _mí _mü _mě _mə _mặ _mặt _mặt_ _n _n_ _na _na_ _naa _naama_ _naar_ _nac _nach_ _nad
_nag _nagara_ _nai _naide_ _naj _nak _nakon_ _nal _nam _nam_ _name_ _namun_ _nan _nan_ _nanjengoba_
_nap _nar _narima_ _nas _nasud_ _nat _nau _nav _nav_ _nd _nde _ndenge_ _nder_ _ndi _ndi_ _ne _ne_
_neb _ned _neg _negara_ _nej _nek _nel _nel_ _nem _nem_ _neo _neo_ _nes _net _neu _new _new_ _neɗ
_ng _ng_ _nga _nga_ _ngabe_ _nge _ngh _ngi _ngo _ngu _ngư _người_ _nh _ni _ni_ _nic _nicht_ _nie
_nie_ _niet_ _nii _nij _nim _nimmen_ _nin _nin_ _ninguín_ _nit _nit_ _nj _nje _njengoba_ _njo _nk
_nke _nke_ _nn _no _no_ _noc _noch_ _noe _nog _nog_ _nom _noma_ _nome_ _nomor_ _non _non_ _nor _not
_not_ _nou _nov _nrk _nrk_ _nt _nti _nti_ _nu _nu_ _nue _num _number_ _nun _nun_ _nuo _nw _nwe _ny
_ny_ _nyo _nyonso_ _ná _nã _não _não_ _nä _näg _nå _nå_ _någ _né _në _në_ _ní _nú _nő _nə _o _o_ _oa
_oan _oar _ob _obi _obl _obličej_ _obo _obodo_ _obr _obraz_ _obu _oc _och _och_ _od _od_ _oda _odd
_odder_ _ode _oder_ _odp _of _of_ _off _og _og_ _oj _ok _oke _okenn_ _oku _ol _ola _old _ole _oleh_
_oli _olo _olona_ _om _om_ _oma _omu _on _on_ _ond _onder_ _one _one_ _ong _ont _ony _onye_ _oo _oo_
_oor _op _op_ _opd _ope _open_ _opp _opp_ _or _or_ _ora _ora_ _orang_ _ori _orile_ _os _os_ _ose
_oseba_ _oso _osoba_ _ot _oth _other_ _oto _otomatis_ _otr _ots _ou _ou_ _out _out_ _ouv _ov _ove
_oy _oyo _oyo_ _oz _ozn _oʻ _p _pa _pa_ _pad _pada_ _pag _page_ _pagina_ _pai _pal _pam _pan _panah_
_par _par_ _para_ _pas _pas_ _passe_ _passord_ _password_ _pau _paí _país_ _pe _pe_ _pea _peg _pek
_peker_ _pel _pem _pen _penanda_ _pentru_ _peo _people_ _pep _pep_ _per _per_ _perangkat_ _peranti_
_pero_ _persoa_ _person_ _persona_ _personne_ _persoon_ _pertencer_ _pes _pet _petit_ _peu _pf _pfe
_ph _pho _pi _pie _piedra_ _pil _pil_ _più _più_ _pl _pla _ple _pleno_ _pli _plu _plural_ _plus_ _po
_po_ _pode_ _poderá_ _podle_ _pog _poi _pol _polah_ _policy_ _politiet_ _pom _pon _por _por_ _pos
_posta_ _pot _pou _pou_ _pour_ _pov _poč _poš _pr _pra _pre _pre_ _preciosa_ _prema_ _pri _pria_
_privado_ _pro _pro_ _programu_ _prz _pré _prí _pu _pue _pus _put _puš _puščica_ _pw _pwo _py _pyl
_pà _pàg _pá _pág _página_ _pä _på _på_ _pè _pë _për _pò _pā _pār _př _pře _při _q _qa _qe _qi _qo
_qu _qu_ _qua _quadrat_ _que _que_ _questa_ _questo_ _qui _qui_ _r _r_ _ra _rad _rai _rai_ _raz _re
_re_ _rec _recht_ _rechts_ _reg _rei _rem _remover_ _ren _rep _req _res _respecto_ _rh _ri _ri_ _rig
_right_ _rip _ris _risa_ _rj _rjo _rjocht_ _rm _rm_ _ro _rod _rodando_ _rok _rom _ros _rosto_ _roz
_rp _rp_ _rr _rre _ru _run _ré _rée _s _s_ _sa _sa_ _saa _saat_ _sab _saben_ _sac _sacara_ _sad _sae
_sah _saha_ _sai _said_ _saj _saja_ _sal _sal_ _sam _sambungan_ _san _sandi_ _sao _sar _sarta_
_sarua_ _sat _sav _say _saya_ _sañ _sañ_ _sc _sch _scherm_ _school_ _se _se_ _sea _search_ _seb
_sebagai_ _sec _secara_ _sedang_ _see _seg _seg_ _sei _sek _sel _sem _sem_ _semua_ _semula_ _sen
_seo _seo_ _ser _ser_ _sertifika_ _sertifikat_ _server_ _set _seta_ _setelan_ _settings_ _seu _seu_
_sg _sh _sha _shi _shi_ _shk _sho _shr _si _si_ _sid _sidan_ _siden_ _sie _sie_ _sier_ _sig _sig_
_sign_ _signe_ _sii _sij _sijil_ _sil _sil_ _simbol_ _sin _sin_ _sinal_ _sind_ _sing_ _sinistra_
_sir _sit _sitio_ _situs_ _siv _siá _siá_ _się _się_ _sj _sk _ska _skal_ _skj _skl _skr _sku _sl
_sla _sle _sm _sma _small_ _sme _smi _smiley_ _so _so_ _sob _sobre_ _soc _sol _som _som_ _son _son_
_soo _sor _sou _sp _spa _spe _spi _spl _sq _squ _square_ _sr _srb _ss _sse _st _sta _sto _str
_stran_ _strelica_ _su _su_ _sua _sua_ _sud _sudah_ _sue _suelu_ _sui _sul _sul_ _sulut_ _suo _sup
_sur _sur_ _sus _sus_ _suu _sv _sve _sve_ _svo _sw _swa _sy _sy_ _syn _syn_ _sys _system_ _sz _sze
_sä _så _sé _sén _sí _sím _símbolo_ _sø _sú _súa _súa_ _súb _sû _sü _să _sə _t _t_ _ta _ta_ _tab
_tab_ _tah _tai _tak _tak_ _també_ _também_ _tan _tanda_ _tao _tapak_ _tapi_ _tar _taw _te _te_ _tec
_tecles_ _tei _tek _tel _telah_ _tem _temen_ _temps_ _ten _ten_ _ter _tet _tetap_ _teñ _teñen_ _th
_tha _tha_ _that_ _the _the_ _their_ _thi _this_ _thr _ti _ti_ _tia _tiada_ _tib _tid _tidak_ _tie
_tier_ _tik _til _til_ _till_ _tim _time_ _tin _tipka_ _tl _to _to_ _tod _toda_ _toe _toi _tok
_tokelo_ _tom _tombol_ _too _top _tor _tot _tota_ _tou _tout_ _tr _tra _trang_ _trata_ _travay_ _tre
_tro _troch_ _trong_ _ts _tse _tu _tu_ _tud _tudi_ _tul _tum _tun _tunggal_ _tut _tutup_ _tuy _tv
_tvr _tvá _tvár_ _tw _two _two_ _ty _tá _tá_ _tä _të _të_ _tí _tí_ _tó _tód _tö _töö _tü _tš _tə _u
_u_ _ub _ubu _ubuso_ _uc _uch _ud _ud_ _udv _ug _ug_ _uh _uhr _uhr_ _ui _uit _uit_ _uj _uk _ukl _uku
_ul _ula _ulang_ _uli _um _um_ _uma _uma_ _umu _umum_ _umuntfu_ _un _un_ _una _una_ _und _und_
_under_ _une _une_ _unh _unha_ _uni _unt _untuk_ _up _up_ _upo _upp _ur _us _usa _usa_ _use _ust _ut
_uta _utawa_ _uti _utv _uu _uu_ _uue _uw _uwo _uwong_ _uy _uyg _uz _uč _už _v _v_ _va _va_ _vaa _val
_valid_ _value_ _van _van_ _var _var_ _vaš _ve _ve_ _vee _vei _vel _ven _venstre_ _ver _vez _veľ _vi
_vi_ _vid_ _vida_ _vie _vii _vik _vil _vin _vir _vir_ _vis _vis_ _visage_ _vit _viv _vl _vo _vo_
_voc _você_ _vod _voi _vol _von _von_ _voo _voor_ _vor _vores_ _vos_ _vot _votre_ _vou _vr _vro
_vrouw_ _vs _vse _vu _vu_ _vun _vun_ _vuo _vy _vya _và _và_ _vä _væ _vær _vé _võ _vý _vš _və _və_
_vớ _với _với_ _w _w_ _wa _wa_ _wae _wae_ _waj _wajah_ _wal _walay_ _walla_ _wan _wanda_ _wanita_
_war _was _was_ _wat _wat_ _wax _we _we_ _web _web_ _wee _wei _wen _wenno_ _wer _werden_ _wh _whe
_whi _wi _wie _will_ _wir _wird_ _wit _with_ _wo _wom _woman_ _won _wor _word_ _wordt_ _wu _wur
_wurde_ _wy _wà _wàl _wàllu_ _x _xa _xap _xe _xi _xu _y _y_ _ya _ya_ _yak _yakni_ _yan _yang_ _yap
_ye _ye_ _yh _yi _yi_ _yl _ym _yn _yn_ _yo _yo_ _yoki_ _yon _yon_ _yoo _you _you_ _your_ _yu _yö
_yön _yü _yüz _z _z_ _za _za_ _zad _zam _zap _ze _ze_ _zer _zero_ _zg _zi _zij _zk _znova_ _zo _zoo
_zoom_ _zu _zu_ _zv _zá _à _à_ _á _á_ _ál _áll _ár _ä _är _är_ _å _å_ _åb _åbn _åp _åpn _år _åt _ç
_çe _çi _è _è_ _ès _èss _èsser_ _é _é_ _éc _ér _és _és_ _ét _ì _í _í_ _î _în _în_ _înc _ñ _ñu _ñu_
_ò _ó _ó_ _ós _ós_ _õ _ö _ön _öp _öpp _öv _ø _ú _új _û _ûn _ûnd _ü _üb _übe _üh _ül _üz _üz_ _þ _þa
_þe _þes _ć _č _ča _čt _ď _ďa _ďal _đ _į _į_ _ř _ś _ş _şi _şi_ _š _še _še_ _ši _šip _šipka_ _šp _št
_što _što_ _ší _šíp _ż _że _że_ _ž _že _že_ _ži _ƙ _ƙa _ƙas _ș _și _și_ _ɓ _ɗ _ɗa _ə _ẹ _ị _ọ _ọ_ _ụ
a a_ aa aa_ aac aach aad aada aade aadi aag aag_ aagu aai aak aak_ aal aal_ aam aama aan aan_ aani
aar aar_ aare aas aasj aast aat aat_ aats aaw aay aay_ ab ab_ aba abae abaj abal aban abb abba abbl
abe abe_ abeb aben aber abh abi abil abl able abo abou abr abri abu abu_ ac ac_ aca aca_ acar acc
acce acci ace ace_ acer aces ach ach_ achd acht aci aci_ acia acij acio ació acj acje ack ack_ aco
act acto actu ad ad_ ada ada_ adan adas adat add add_ adda adde ade ade_ aden ades adg adga adh adh_
adha adi adi_ adic adil ado ado_ adol ador ados adr adre adu adun adur adı ae ae_ aei aen aet aeth
af af_ afe afeg aff affi afi afr afs aft afte afu ag ag_ aga aga_ agai agar agb agd age age_ agem
agen agg aggi agi agi_ agin agit agk ago ago_ agp agpa agr agre ags agsa agt agu agu_ agus agy ah
ah_ aha aha_ ahan ahar ahas ahe ahi ahil ahim ahk ahko ahl aho ahor ahr ahu ahun ahw ahwa ai ai_ aic
aich aid aid_ aidd aide aidi aig aig_ aigh aik aika ail ail_ aili ain ain_ aina aind aine ainn aip
aip_ air air_ aire ais ais_ ait ait_ aith aiw aiwa aix aj aj_ aja aja_ ajah aje aje_ ajel aji aji_
ajo ajo_ ajou ajt aju_ ají ajú ak ak_ aka aka_ akak akan akat ake ake_ aken akh akhi aki aki_ akk
akke akki akn akni ako ako_ aks akse akt akta akti aku akw al al_ ala ala_ alah alak alam alas alat
alay alc ald alda ale ale_ aleb alei ales algu alh alha alho ali ali_ alid alin alit aliz alj alk
all all_ alla alle alli ally alm alma aln alni alo alo_ alq alqu als als_ alt alte altr alu alu_
alua alue alv alw alwa aly aly_ alı alší am am_ ama ama_ aman amar amat amb amb_ amba ambi ambu ambé
ame ame_ amen amer amh ami ami_ amia amil amin amm amma amme amn amo amo_ amon amp amu amu_ amun an
an_ ana ana_ anag anah anak anam anan anb anc ance anch anci and and_ anda ande andh andi andl ando
andr ane ane_ anes ang ang_ anga ange angg angk ango anh anh_ ani ani_ ania anic anie anim anit anj
anje ank anka anki anl anli anm ann ann_ anna anne anng annl anno anny ano ano_ anon ans ans_ anse
ansi ansk ant ant_ anta ante anth anti anto ants anu anu_ anvä any any_ anya anye anyi anz anza anç
ança aní aní_ anı ao ao_ aod aoda aoi aor aou aout ap ap_ apa apa_ apab apak apat aph api_ apo apon
apor app app_ appa appe apri apt apu apus aq aq_ aqu aque ar ar_ ara ara_ arah aran arb arbe arc
arc_ arca arch ard ard_ arda ards are are_ area arec arei arem aren aret arg arga arge ari ari_ aria
aric arik arim arin ario arip arj ark ark_ arka arla arm arn aro aron arq arqu arr arra arre arro
ars art arta arte arti artu aru aru_ arua arus arv arz ará arı arı_ as as_ asa asa_ asan asar asc
ase ase_ aseg asem asen aseñ ash asi asi_ asie asin asj asje asjo ask ask_ aska asl ass ass_ assa
asse assi asso assw ast ast_ asta asu asud asuk asut asy asyo ası ası_ at at_ ata ata_ atag atak
atan atas atau ataw ate ate_ atei atel aten ater ates ateu atg atge ath athe ati ati_ atie atik atin
atio atis ativ atk atl atlh ato ato_ ator atos atot atri ats ats_ atsi atsk att att_ atti atu atu_
atua atud atun atut aty atz até ató ató_ ată ată_ au au_ auc aud audi audo aue auf auf_ aug auj auk
aul ault aun aun_ aur aure aus aus_ ause aut autr aux aux_ av av_ ava ava_ avay ave ave_ avec avi
avil avim avis avk avn avn_ avo avo_ avu avv aw aw_ awa awa_ awan awas away awe awi awo awo_ awu aww
awwe ax axa ay ay_ aya aya_ ayaa ayar ayaw ayf ayfa ayi ayo ayo_ ayom ayor ayr ays ays_ aysi ayu ayı
az az_ aza azal aze azer azi azi_ azio azla azn azo azo_ azu azz ază ază_ aç aç_ açã ação açõ açõe
aí aí_ aís_ að að_ añ añ_ aña aña_ añad año aú ać ać_ ač ači ađ ağ ał aŋ ař aş aš aţ aţi ať ať_ aż
až aži aț ați ați_ aɗ aɗa b b_ ba ba_ baa baa_ baad bab baba bad bae bae_ bag bagi bah baha bahk
bahw bai baik baj bak bake bal bali ban ban_ bang bani bany bar bar_ barn barr baru bas bas_ basa
baw bawa bb bb_ bba bbe bbe_ bbl bbla bbp bbpl be be_ beb beba bec beca bee beh beha bei bei_ beid
bej bejd bel bela bele beli belu ben ben_ bent ber ber_ bera berd berk bes besa best besu bet bet_
bez bh bha bhe bhel bhf bhi bhit bi bi_ bia bie bier bih bih_ bij bij_ bije bil bil_ bila bild bile
bill bir bir_ bis bisa bit bith bié bién bj bja bl bla blad blau ble ble_ bles blev bley bli bliv
blič blj blok bn bo bo_ bod bodo boe bog boga boh boh_ boi bok bol bol_ bole bolo bon boo book boot
bor bort bos bosh bot botó bou bout boʻ boʻl bp bpl bpla br bra brat braz bre bre_ brez bri brig
brir bro bru brug brui bruk bs bs_ bsi bsit bst bu bu_ bua bud buda bude bue buh buil buk buka bul
bula bulu bun bung bup bupa bus busc buso but but_ buta buto butt buź buźk bw bwa bwa_ bwe bwe_ by
by_ bye byl bá bé bé_ bém bém_ bë bă bə bọ bộ bộ_ bụ bụ_ c c_ ca ca_ caa cado cadr cai cal cal_ calq
cam can can_ cap_ car cara card care carg cari carr cart cas cas_ cat cat_ cate caus cc cca cce cced
cces cch cchi cci ccia ccin ccio cco ce ce_ cea ceb ced cede cem ceme cen cent cer cerc cert ces
ces_ ceso cess cest cet cett ch ch_ cha cha_ chan chav chc chce chd chd_ che che_ chec ched chen
cher ches chi chia chid chie chiu chiv chl cho cho_ choo chr chro chs cht cht_ chta chte chts chu
chu_ chỉ ci ci_ cia cia_ cial cias cid cida cie cie_ cien cier cih cij cija cije cik ciki cil cil_
cim cin cin_ cina cio cio_ cion cir cir_ circ cirk ció ció_ ción cj cja cja_ cje cje_ cji cji_ ck
ck_ cka cka_ cke cked cken cki cl cla clav cle cle_ cles clo clos clu co co_ cob coba col com com_
comm como comp con con_ conc cons cont coo cook cor corr cors cos cou cour cr cra crav cre cri cro
cs csa cse csi cso ct ct_ cte cte_ cti ctie ctiv cto cto_ ctos ctu ctua cu cu_ cua cual cue cuen cul
culo cur curr cus cust cy cy_ cz cza cze czn czy cà cá câ câm cê cê_ cí cí_ cím cò còi có có_ că că_
cı cə cʼ cʼh củ của của_ d d_ da da_ dad dad_ dade dadi dag dag_ dage dagi dah dah_ dahi dai dak
dak_ dal dala dall dalš dam dan dan_ dand dang dans dap dar dar_ darb dari das das_ dasa dat dat_
data date dato day day_ db dc dd dd_ dda dda_ dde dde_ dder ddi de de_ dea dec ded ded_ dee def defa
deg dei dei_ dej del del_ dela dele dell dem dem_ den den_ deng denn der der_ dera dere dern derá
des des_ desc desd dese desi dest det det_ dett deu deur deus dev devi dey deyi deyt deze değ deš df
dg dga dgan dge dge_ dh dh_ dha dha_ dhe dhe_ dhi di di_ dia dia_ dib dibl dic dica dice dici did
die die_ dier dies difi dig dig_ dii dij dik dika dil dili din din_ dine ding dins dio dio_ dip dir
dir_ dire dis disc dise disf disp dit dit_ div divi dj dje djel dju djur dk dka dl dla dla_ dle dle_
dli dlit dlo dlo_ dm dme dn dne dni dnin dnj dno do do_ dobl dod doda dol dol_ dom_ don done donn
doo doom door dop dopu dor dor_ dos dos_ dosy dot dou doub dovo dow down dozv doù doù_ dp dpr dr dra
drat dre dre_ drec dres dret dri droi dru drug druk drá drž ds ds_ dst dste dt dt_ du du_ dua_ duc
duci due duer dun dun_ duna dund dur dur_ duru dus dus_ duz duzi dv dvi dvid dw dwa dwa_ dy dy_ dyr
dyr_ dz dza dzi dzie dá dá_ dä då dé déi déi_ dê dêr dêr_ dë dí dø dü dā dă dė dě dī dı dır dő dž
dži də də_ dən dấ dấu dấu_ dị dị_ dụ e e_ ea ea_ eac each ead eag eak eal ean ean_ eann ear ear_
earr eas ease eat eat_ eau eau_ eaz ează eb eb_ eba eba_ ebag eban ebas ebb ebbe ebbp ebe eben eber
ebh ebhe ebi ebih ebo ebo_ ebru ebs ebsi ebu ebu_ ebui ebut ec ec_ eca ecc ecci ece eces ech ech_
echa eche echt echu eci ecil ecio eck ecke ecl ecle ect ect_ ecte ecto ecur ed ed_ eda eda_ edah
edan edd edd_ ede ede_ eden edh edi edi_ edio edit edn edno edo edo_ eds edy edz ee ee_ eed eed_
eede eef eeft eeg eej eel eel_ eem eem_ een een_ eenc eep eep_ eer eer_ eera eerd eeri ees eest eet
eet_ eex eex_ eey ef efa efau efe eft eft_ efte eg eg_ ega ega_ egan egar ege egen eger eget egg
egg_ egge egi egl egle egn egn_ egna ego ego_ egon egr egrí egu egur egw egy egy_ eh eh_ eha ehan
ehd ehe ehet ehl eho eho_ ehr eht ehti ei ei_ eia eia_ eic eich eid eid_ eie eie_ eier eig eige eigh
eik eil eil_ eill ein ein_ eine eir eir_ eira eiro eis eis_ eist eit eit_ eita eite eito eix eix_
eiz eiß ej ej_ eja eja_ ejd ejde eje eji eji_ ejl ejl_ ejo ejt ek ek_ eka eka_ ekat eke eken eki ekk
ekl ekle eko eks eks_ ekst eku el el_ ela ela_ elak elan elas elat elay elb eld eld_ elde ele ele_
elen elep eler elet elez elf elh eli eli_ elia elig elij elis elit elix elj elk elk_ ell ell_ ella
elle ello elm eln elo elo_ eloa elol elon elor elp elp_ els els_ else elt elt_ elu elu_ elum elv elw
elwa ely elè em em_ ema ema_ emai emak emal eman emas emb emba embe embl embu eme emei emen emi emil
emm emme emn emo emov emp empa empr emps emt emu emua emuk emul en en_ ena ena_ enar enc enca ench
enci end end_ enda ende endi endr ends endt endu ene ene_ enen ener eng eng_ enga enge engg engo enh
enha enhe eni eni_ enia enid enie enj enje enk enm enm_ enn enn_ ennd enne enno ennu eno eno_ enp
enpò enr enre ens ensa ensi ensk enst ent ent_ enta ente enti ento entr ents enu enu_ enur enut envo
enw eny enye enz enza ené ené_ ení ení_ ený eo eo_ eop eopl eor ep ep_ epa epas epi epi_ eq equ equa
eque equi er er_ era era_ erad erah eral eran erap erar eras erat erb erba erc erch erd erd_ erda
erdi ere ere_ erec erei erek eren eres eret erf eri eri_ eria erie erik erin erj erja erk erk_ erka
erke erki erkk erl erm erm_ erme ermi ern ern_ erna erne ero ero_ err erre erro ers ers_ erse erso
erst ert ert_ erta erti ertu eru erun erus erv erw erwe ery ery_ erà erá erá_ erä erät es es_ esa
esal esar esc esch escl esco escr esd esde ese ese_ eset esh esi esi_ esia esic esig esii esin esio
esl esla eslo esn eso eso_ esp esq esqu ess ess_ esse essi esso est est_ esta este esti estn esu
esu_ esz et et_ eta eta_ etak ete ete_ etel eter eth eth_ eti eti_ etid etin etit etk etn eto eto_
etr etra ets ett ett_ etta ette etti etto etts etty etu etz etzt etš eu eu_ eue euer eun eun_ euna
eung eur eur_ eurs eus eus_ eut euw euw_ eux eux_ ev ev_ eve eve_ evel even ever evi evic evä ew ew_
ewa ewe ewen ex ext ext_ ey ey_ eya eya_ eyd eydi eye eyi eyi_ eyn eyo eyo_ eys eysa eyt eyto ez ez_
eza eza_ ezal eze eze_ ezh ezh_ ezi ezic ezin ezn ezo ezo_ ezu ezz ezza eá eç eço eço_ eë eð eñ eña
eñe eñen eć eč eč_ ečn eď eđ eğ eği eľ eł eň eś eş eš eša ešav eż ež eș eșt eɗ eɗɗ f f_ fa fa_ fac
facc face fai fail fam fami fan fan_ fane fany fau faul faz faze fd fe fe_ fee feex feg feh fehl fei
feit fej fejl fel fel_ fem feme femm fen fen_ fens fer few few_ ff ffe ffer ffi ffic ffn ffne fh fi
fi_ fic fich fie fika fiká fil file film fin finn fir fir_ firm firs fit fiș fj fje fjer fjes fk fka
fkan fl fle flec fli flik flè fn fne fnen fo fo_ foa foar fof fof_ fog foi foi_ fol fon fon_ fone
fono foon for for_ fore form fos fost fot fou fout fr fra fra_ frag fran frau frec fri frij fro from
frut frä fräi frå från ft ft_ fte fter fu fu_ fue fui ful ful_ fuld fun fund fung fus fusk futs fy
fyl fyll fyr få fè fè_ fé fér férf fó fón fö för för_ fø føj fü für für_ g g_ ga ga_ gaa gac gach
gad gai gai_ gain gal gal_ gali gan gan_ gang gant gao gao_ gaou gar gar_ gara gare gat gat_ gaw
gawa gawe gay gb gba gba_ gbo gbu gbu_ gc gd gd_ ge ge_ geb gebr gee gef geh gel gel_ gela gell gelo
gem gem_ gen gen_ gene gent ger ger_ gere gerä ges ges_ gesi gesl get get_ gev gez gezi geç gg gg_
gga gga_ ggal ggan gge ggi ggio ggiu ggo ggu gh gh_ gha ghed ghet ght ght_ ghị ghị_ gi gi_ gia gid
gide gii gii_ gik gil gilt gim gimo gin gin_ gina gine gio gior gir git giti giu giun giv give gj
gja gje gjen gji gk gka gkat gl gla gle gled glet gli gli_ glio gn gn_ gna gne gne_ go go_ gob goba
god god_ godi gok goku gol gol_ gom gomb goo goog goot gor gos gov goč goče gp gpa gq gqi gqo gr gra
grad gran gre gree gro groß grí gría gs gs_ gsa gsa_ gsi gsi_ gt gt_ gte gter gti gu gu_ gua gual
gue gui guia guit gun guna gund gur gur_ gus gus_ gut gut_ guí guín gw gwa gwe gwe_ gwi gwir gwu gy
gy_ gya gye gá gå gé gée géen géi géin gë gó góo góor gö gø gør gú gún gún_ gü gün gā gă gı gł gư
gườ gười gə gʻ h h_ ha ha_ haa hab habi hac hace haci had hadd hadh haf hai haiw haj hak hak_ hakk
hal hal_ halt ham han han_ hand hang hann hant hany hap hapu har har_ haru has has_ hasa hasi hast
hat hat_ hats hau hav havd have haw haww hay hc hce hd hd_ hde he he_ hea hear heb hec heck hed hed_
hede hedo hee heef heet heg hei heid heir hel help hely hen hen_ her her_ herc here herm hes hes_
hesl het het_ hete hetr heur hew hewa hf hi hi_ hia hic hid hide hie hier hig hii hil hil_ hild him
himo hin hind hir hire his his_ hit hita hith hiu hiv hivo hiế hiệ hj hje hjä hk hko hko_ hl hl_ hla
hlan hle hlo hm hn hne ho ho_ hod hoe hog hogy hoi hol hold holl hom homb home homm hon hon_ hone
hoo hool hor hora hou houd hoz hr hr_ hra hre hre_ hren hri hro hrom hrv hrva hs ht ht_ hta hte hter
hti hts hts_ hu hu_ hue huet hui huk huku hul hull hum huma hun huq huqu hur hus hut hv hvo hvor hw
hwa hwa_ hy hy_ hà há hä hå hål håll hån hånd hæ hé hë hí hó hô hôn hông hö hög höge hø høj højr høy
hư hə hỉ hị hị_ họ hụ i i_ ia ia_ iac iad iad_ iada iah iah_ iai iai_ ial ial_ iam iamo ian ian_ iap
iar iar_ ias_ iasa iat iau iau_ iav ib ib_ ibh ibil ibl ible iblo ibr ibre ibu ibu_ ibw ic ic_ ica
ica_ icac icad ical icas icat ice ice_ ich ich_ iche ichi icht ici ici_ icia ick ick_ ico ico_ icy
icz id id_ ida ida_ idad idak idan idd idd_ idde ide ide_ iden idh idh_ idi idi_ idl ido ido_ idt
idt_ idu idá idá_ ie ie_ ieb iec ied ied_ ieda iede iedo iedr ief ieg iei iei_ iej iek iel ield iem
iem_ iemp ien ien_ ienc iend iene ieni ient ier ier_ iere iern ierr iers iert ies ies_ iese iest iet
iet_ ieu ieuw iev iew iew_ iewe if if_ ifa ife ific ifie ifk ifka ig ig_ iga iga_ igb ige ige_ igen
igg igh igh_ ight igi igl igli ign ign_ igna igne igo igo_ igt igt_ igu igua igur igé igée ih ih_
iha ihl ihr ihre ihu ihu_ ii ii_ iic iich iik iin iin_ iini iir iis ij ij_ ija ija_ ijas ijd ijd_
ije ije_ ijel ijen iji ijil ijk ijk_ ijke ijn ijn_ ijo ijo_ ijos iju ik ik_ ika ika_ ikaa ikal ikas
ikat ike ike_ iken ikeu ikh ikha iki ikik ikin ikit ikk ikk_ ikke iko iks iksa ikt ikte ikti iku
ikus iká ikát il il_ ila ila_ ilab ilan ilb ild ilde ildi ile ile_ iler iley ilg ilgi ilh ilha ili
ili_ ilia ilig ilih ilir ilis ilit ilj ilk ilka ill ill_ illa ille illi illo ilm iln ilo ilor ils
ils_ ilt ilti ilu ilun ily ilya ilə im im_ ima ima_ imal imas imb ime ime_ imen imer imi imi_ imis
iml imm imme imo imo_ imon imp imu imu_ in in_ ina ina_ inc ind ind_ inda inde indi indo inds ine
ine_ inen ing ing_ inga inge ingg ingi ings ingu inh inha inho ini ini_ inic inim inin ink ink_ inkr
inks inn inn_ inna inne inny ino ino_ inom inq ins ins_ insa inso int inta inte inti intr inu inue
inum iny iny_ inā inė io io_ ion ion_ iona ione ioni ions ioo ioon ior ior_ ios ios_ iosa iou ioun
ioù ioù_ ip ip_ ipad iph ipi ipk ipka iq iqu ique ir ir_ ira ira_ iran irc ircl ird ird_ ire ire_
irec irei iren iri iri_ irim irj irja irk irma iro iro_ irs irst irt irt_ is is_ isa isa_ isag isan
isas isc isch isco ise isea iser iset isf isfr ish ish_ isha ishi isho isht isi isi_ isie isit isk
isk_ iska iske ism isme isn iso isp ispo iss issi ist ist_ ista iste isto istr istu isw isä it it_
ita ita_ itaa itad itar itas itat itch ite ite_ itei itel iter ites itet itev ith ith_ ithe ithi iti
iti_ itie itio itiu ito ito_ itos itr itra its itse itt itt_ itu itu_ itus itv itve ity ity_ itz
itza ità ità_ ité ité_ itéi iu iu_ iul ium ium_ iun iune iur ius ius_ iv iv_ iva ivad ival ivač ive
ive_ ivo ivo_ ivos ivot ivu ivy iw iwa iwa_ iwan ix ix_ ixa ixa_ ixi ixo iy iy_ iya iya_ iyan iyat
iye iye_ iyo iyo_ iyon iyor iyy iz iz_ iza izac izad izar izat izb ize ize_ izi izin izk izl izv izz
izza iß iá iá_ iç içi için iè ièr ière ié ién ién_ iê iên iên_ ië ið ið_ iñ iñ_ ió ió_ ión ión_ ións
iö iö_ iù iù_ iú ią ić ić_ ič iče ičej ičk ički ičn ię ię_ iğ iği ił iņ iņa iņa_ iş işi iš iš_ iše
iše_ išk išt išč iţ iť iť_ ių ių_ iș iɗ iế iề iể iệ iện iện_ j j_ ja ja_ jaa jaar jad jadi jag jag_
jah jah_ jak jaka jal jalm jan jane janj jap japa japo jar jas jas_ jat jau jav javi jay jaya jaz jd
jd_ jde je je_ jec ject jed jedn jeg jeg_ jel jel_ jele jeli jelo jen jend jene jeng jent jer jer_
jern jes jes_ jest jet jeta jeu jeun jev ješ ji ji_ jie jie_ jig jigé jil jil_ jim jin jir jj jja
jja_ jk jk_ jke jl jl_ jm jn jn_ jo jo_ joc joch jog jogi jon jon_ jona jor jos jos_ jou jour jout
jr jre js jsk jt ju ju_ jud jug juga juh jul jum juml jun jung jur jus just jà já já_ jä jär jë jë_
jí jí_ jó jö jø jør jú júc jā ją jąc ję jš jų jų_ jẹ jẹ_ k k_ ka ka_ kaa kaan kaar kaay kab kabe kac
kaci kad kad_ kai kaj kaj_ kak kak_ kake kal kal_ kala kali kam kama kami kan kan_ kana kang kani
kanj kann kans kant kany kao kao_ kap kap_ kar kar_ kare kart kas kas_ kasi kat kat_ kata kate kati
katu kau kay kc kd ke ke_ kea kea_ keb kec ked ked_ kee kei kein kej kej_ kek kek_ kel kel_ kelo kem
kem_ ken ken_ kend kenn kep kepa ker ker_ kera kere kert kes kesk ket keu keun key kez kg kga kgo kh
kha kha_ khe khe_ khir kho khon khu khul ki ki_ kia kie kih kih_ kii kik kike kil kin kin_ king kini
kins kip kip_ kir kir_ kira kirj kit kita kite kiz kj kja kje kje_ kju kjul kjø kk kk_ kka kka_ kkan
kke kke_ kken kker kki kki_ kkin kko kko_ kkor kl kla klam klar klav kle klei klo klok kma kmar kmer
kn kna kni kni_ kno know ko ko_ kob kobl kog kog_ koh koj koji kok koki koko kol kolo kom kom_ komm
komp komu kon kon_ kona kong kons kont konu kop kopi kor kor_ kori kos kot kot_ kota kou kov kov_
kow kowa koz kp kpa kpe kr kre kren kri krip kro kry ks ks_ kse kses kset ksi ksi_ kst kste kt kt_
kta kte kte_ kter kti kti_ ktif ktig ktio ktiv kto ktor ktu któ któr ku ku_ kua kub kuba kui kui_
kuk kukh kul kull kum kuma kun kunc kunn kup kuq kur kur_ kus kus_ kush kut kuth kuto kuts kuu kuv
kuva kuw kuwa kv kvi kvin kw kwa kwa_ kwe kwen kwi ky ky_ kya kyn ká ká_ kä kän käy kæ ké ké_ kë kò
kõ kö kön könn köz kø kú kü ký ký_ kā kā_ kė kı kļ kł kə kọ l l_ la la_ laa laas laat lab laba lad
lad_ ladd lade lag lagr lah lah_ laha lahk lai lai_ lain lait lak laki lal lala lalu lalw lam lam_
lama lami lamm lan lan_ lanc land lang lanj lap lar lar_ larg lari ları las las_ lasa last lat lat_
late lats lau lau_ lav lave lavo lay lay_ laya lays laz lač lb lbak lc ld ld_ lda ldal lde lder ldi
le le_ lea leas leb lebi lebo lec lec_ lech led led_ lede lee left leg legg lego legr leh leh_ lehe
leht lei leik lein leir lek lel lela lem lem_ leme len len_ lend lep lepa ler ler_ lera lere leri
les les_ lese lesq let let_ lete letn lets lett lev lev_ leve levo ley ley_ leya leyd lez lež lf lfe
lg lga lgan lgi lgu lh lha lha_ lhe lher lho lho_ li li_ lia lia_ lib libr lic lica lice lich lid
lid_ lida lide lie lig lig_ lige ligg ligi ligt lih lih_ lii liis lij lijk lik lik_ like liki lil
lill lilu lin line ling link linn lint lio lir lis lis_ lisa lise lish lit lit_ lite liti litz liu
liur liv live lix lixi liy liz liza lizz lič liče lj lja lje lje_ ljen lji lju lk lk_ lka lka_ ll
ll_ lla lla_ llad llan llas llat lld lle lle_ lleg llem llen ller lles lli llib llin llo llo_ lloc
llom llor llos llow llt llu llu_ lly_ llä llä_ lm lma lma_ ln lne lne_ lni lnik lní lo lo_ loa load
loc loca locc lock log logg logi lok loka lokh loki lokk loku lol lola lom lon lon_ lona long loo
loo_ lor lor_ lora los los_ lose lov love low low_ loz lozi lož lp lq lqu lque ls ls_ lse lse_ lsk
lt lt_ lta lta_ lte lti ltig ltim ltr ltre lu lu_ lua luan lub luc lue lue_ lug lui lui_ lul lum
lum_ lun lung lur lura lus lus_ lusu lut lut_ luta lutt lv lve lw lwa lwa_ lway lwe ly ly_ lya lyd
lye lys là lá lä lä_ läg lå læ lær lè lé lë lí ló lö lös lø løp lú lü lā lă lă_ lē lė lė_ lī lı lı_
lık lő lší lū lə lə_ lər lẹ lẹ_ m m_ ma ma_ maa maag mad mad_ mae mae_ mag mah mai mai_ main mais
maj maje mak mak_ maka make mal mal_ mala male mall man man_ mana mand mang manl mann mano mant many
maq maq_ mar mar_ mark mas mas_ masa masu ması mat mat_ mati matr may may_ mayo mb mb_ mba mbaa mbe
mbe_ mbel mber mbi mbié mbl mble mbo mbo_ mbol mbr mbre mbu mbun mbé mbé_ mbém me me_ med med_ medi
medz mee meg mege mei mei_ mek mel meld mem mem_ mema memb memi men men_ mend mene meng menm mens
ment menu meny mer mer_ mera mere merk mes mesm mest met met_ mey meys með međ mf mg mga mga_ mh mh_
mha mi mi_ mia miah mid mie mien mies mij mije mil mile milh mili milj min min_ mina mind mine ming
mir mis mise miso miss mit mit_ miti mitt miu mium mj mje mjes mk mko mkp ml mla mlah mm mma mma_
mme mme_ mmel mmen mmer mn mnt mntu mo mo_ mod moe mog mogo mogu moi moj moja mok mol mola molt mon
mone mong moni monn mor mor_ more mos mos_ mosa mot moth moto mou moun mov move moy moye moš mošk
moż mp mpa mpai mpe mpf mph mpha mpi mpil mpl mple mpo mpor mpr mpre mps mps_ mpu mr ms ms_ mt mt_
mu mu_ mua mua_ muat muc much mui muit muj muje muk muka mukh mul mula mulh mull mum mum_ mun mun_
munt muo mus mut muta mutu muu muš mušk mv mw mwa my my_ mà má más más_ mâ mân mä mär må måst mæ mé
méi més més_ më më_ mën mëns mí mô môž mü mā mă mą mą_ mē mė mě mı mű mɓ mə mək mặ mặt mặt_ mọ n n_
na na_ naa naam naan naar nab nabl nac nach naci nad nag naga nage nah nah_ nai naid naj nak nak_
naka nako nal nal_ nam nam_ nama name namn namu nan nan_ nang nani nanj nant nap napa nar nar_ nari
nas nas_ nasa nasj nasu nasy nat nati nau nauj nav nav_ nay nay_ nač nb nc nca nca_ nce nce_ nch
nch_ nche nci nci_ ncia nco ncs nd nd_ nda nda_ ndak nde nde_ ndel nden nder ndet ndh ndha ndi ndi_
ndic ndir ndl ndli ndm ndo ndo_ ndon ndr ndra ndre ndt ndt_ ndu ndus ndz ndza ndë ne ne_ nea neb
nebo ned nede nee neg nega nej nej_ nek nek_ neku nel nell nem nem_ nen nen_ nena nene neo neo_ ner
ner_ nera nes nes_ nese nesi ness nest net net_ nett neu neue new new_ neɗ neɗɗ nf ng ng_ nga nga_
ngan ngar ngat nge nge_ ngel ngem ngen nger ngg ngga nggo nggu ngi ngin ngk ngka ngl ngle ngo ngo_
ngob ngod ngok ngp ngs ngs_ ngsa ngsi ngt ngu nguí ngw ngwe ngư ngườ nh nh_ nha nha_ nhe nhed nhet
nhl nho nho_ ni ni_ nia nia_ nic nica nich nici nid nida nido nie nie_ niet nieu nih nih_ nii niin
nij nije nik nik_ nil nila nim nima nime nimm nin nin_ ning nio_ nir_ nis nis_ nist nit nit_ nita
niv nive niz nj nja nja_ njad nje nje_ njen nji njo nju një nk nk_ nka nka_ nkan nke nke_ nkh nkhe
nki nkiz nkr nks nks_ nl nla nlar nle nli nlig nlik nlo nloa nm nm_ nma nmen nn nn_ nna nna_ nnd
nndo nne nne_ nnen nner nng nnge nni nni_ nnin nnl nno nno_ nns nns_ nnt nnte nnu nnus nny no no_
noc noch noe nog nog_ noge noi nol nom nom_ noma nome nomo non non_ noo nool nor nos nos_ nost not
not_ nou nout nov nova novo now now_ np npò npòt nq nqa nqu nr nre nri nrin nrk nrk_ ns ns_ nsa nsa_
nse nse_ nsen nsi nsi_ nsie nsig nsik nsio nsk nsk_ nska nski nso nso_ nson nss nst nstr nt nt_ nta
nta_ ntan ntar nte nte_ nteg nten nter ntes ntf ntfu nth nthi nti nti_ ntin ntl nto nto_ ntos ntr
ntre ntru nts nts_ ntsi ntt ntu ntu_ ntuk ntí nu nu_ nud nud_ nue nuev nul nul_ num num_ numb nun
nun_ nunc nuo nuov nur nuru nus nus_ nut nut_ nuta nv nvi nvo nvol nvä nvän nw nwe nx ny ny_ nya
nya_ nyan nych nye nye_ nyi nyo nyon nyt nyt_ nz nza nza_ nzi ná ná_ nã não não_ nä näg när nå nå_
någ næ nær nç nça nça_ né né_ nés nés_ nê nês nês_ në në_ ní ní_ ník nó nø nú ný ný_ nā nă nă_ nč nė
ně ně_ nī nı nő nő_ nţ nț nə nə_ nụ o o_ oa oa_ oad oad_ oan oan_ oane oar oar_ oare oat oate ob oba
oba_ obb obi obie obit obl oble obli obo obod obr obra obre obri obu oc oc_ oca ocal occ occa och
och_ oche ocht oci ocu ocê ocê_ od od_ oda oda_ odab odan odat odd odde ode ode_ oder odeš odi odin
odo odo_ odp odpr odrá odu oduc odw odwa odz odzi oe oed oeg oega oek oek_ oen oen_ oer oet of of_
off og og_ oga oga_ ogg ogga ogi ogii ogin ogl ogle ogo ogoč ogy oh oh_ ohe ohl oi oi_ oik oike oim
oin oint oir oir_ ois ois_ oist oit oj oj_ oja oja_ oje oje_ oji oji_ oju ok ok_ oka okac okal oke
oke_ okel oken okh oki oki_ okie okir okk okm okma okme oko oko_ okre oku oku_ okut ol ol_ ola ola_
olah olar old old_ olda olde ole oleh olh oli oli_ olic olii olit olj oll oll_ oln olo olo_ olon ols
olt olu olve oly om om_ oma oma_ oman omb ombo ombr ome ome_ omem omen omet omh omha omi omin omiu
omm omme omo omo_ omor omu omun on on_ ona ona_ onal onc ond onde ondi one one_ onen oner ones ong
ong_ ongl ongo onh oni oni_ onio onk onke onkh onn onn_ onna onne ono ono_ onov onra ons ons_ onsa
onse onso ont ont_ onta onu ony onye oné onés oo oo_ ood ood_ oog oog_ oogl ook ooki ookm ool ool_
oom oom_ oon oon_ oop oop_ oor oor_ oore oos ooss oot op op_ opd opda ope open opi opl ople opo opo_
opp opp_ oppd oq oq_ oqu oque or or_ ora ora_ orab oran ord ord_ orde ordt ore ore_ ores org orge
ori ori_ oria orij oril orio oris ork ork_ orm orn orna oro oro_ orr orri ors ors_ ort ort_ orte oru
os os_ osa osad osal ose ose_ oseb osh osi osk osl osle oso osob osoi oss ost ost_ osta osti osto
ostr osy osya osť osť_ ot ot_ ota ota_ ote ote_ otek oth othe otho oti oti_ oto oto_ otp otr otrd
otre otro ots otsi ott ott_ otv otó otón ou ou_ oub oubl oubo oud oude oue oug ough oul ould oun
oun_ ound oune oup oupe our our_ ous ous_ out out_ oute outr ouv ouve ouw ouw_ ov ov_ ova ova_ ovan
ovat ove ove_ oven over ovi ovj ovje ovn ovo ová ová_ ován ové ow ow_ owa owa_ owan owe owe_ own
own_ ownl owo owy owy_ ox ox_ oy oy_ oye oyen oyo oyo_ oz ozi ozin ozit ozn ozna ozv ozvo ozw oß oá
oë où où_ oć oč očn oğ oľ oŋ oś oš oša oši ošir ošk oż ož ože oži oƴ oʻ oʻl oʻz oạ p p_ pa pa_ pabi
pad pada padh pag pag_ page pagi pagp pagt pai pai_ pak pal pam pan pan_ pana pane pang papa par
par_ para pare part pas pas_ pasa pass pat pat_ pau paí pc pch pche pd pe pe_ pea peg pege peke pel
pela pelo pem pemb peme pen pen_ pena pene peng pent peo peop pep pep_ per per_ pera perl perm pero
pers pert peru pes pess pet_ peti peu pf pfe pfei ph pha phe phi phi_ pho phon phu pi pi_ pia pie
pied piel pil pil_ pili pilk pill pin pina pis pisa pit pita più più_ pj pje pk pl pla plaa plan
plat play ple ple_ plei plen plet pli plik plu plur plus po po_ pod poda pode podr pog pogr poh_ poi
poin pois pol pola poli poln pols pom pon pono pont poné por por_ pora pork port pos posi post pot
poti pou pou_ pour pov pove poz pozi poč poš pp pp_ ppa ppar ppd ppda ppe ppe_ ppel pper ppi ppn ppo
ppr ppri ppu pr pra pran prav praw pre pre_ pred pree pref preg prej prem pres pri pri_ pria prid
prie prik prim priv pro pro_ proc prog prom prop prot prov proš prz prze prí ps ps_ psi psi_ psk pt
pu pu_ pue pued pul pula pun pun_ punt pur_ pus_ put puš pušč pw pwo py py_ pyl pà pàg pàgi pá pág
pági pä päi på på_ pè pë për pò pòt pòt_ pā pār pă pē pě př pře při pš pšt pụ pụt pụta q q_ qa qar
qe qh qi ql qla qo qu qu_ qua quad qual quar que que_ quea qued quel quen quer ques qui qui_ quie
quir quis quq què què_ qy që r r_ ra ra_ raa rab rac rac_ rad rad_ rade rag rah raha rai rai_ rak
rak_ ral ral_ rala ram ram_ rama ramu ran ran_ rana rand rang rani rank rant rap rapa rar rar_ rari
ras ras_ rasa rase rat rat_ rati rau rav rava raw raz raz_ raç rač raž rb rba rbe rbe_ rbei rbej
rbet rbi rbij rc rc_ rch rch_ rcha rche rchi rd rd_ rda rdar rdd rde rde_ rdi rds rds_ rdt rdt_ re
re_ rea rea_ read reat reb reba rebb rec recc rece rech red red_ ree reen reg rega regl reh rehe rei
reil rein reis reit rej rek reka rel rela reli rell rem rema remo ren ren_ rena rend rene reni renj
renn rens rep req requ rer rer_ res res_ resi reso resp ress ret ret_ reta reti rett reu rey rez ređ
rf rf_ rfi rfi_ rg rga rga_ rge rge_ rget rgu rh rhe rhu ri ri_ ria ria_ riad rial rian ric rich
rico rid rie ries rig riga rii rii_ rij rije rik rika riks ril rile rim rima rime rimo rin rin_ ring
rint rio rio_ rios rip ripa rir rir_ ris ris_ rist rit rito riv riva rič rj rja rja_ rje rjet rjo
rjoc rk rk_ rka rka_ rkak rkan rkat rke rkek rki rki_ rkin rkk rkki rks rks_ rl rli rlig rm rm_ rma
rma_ rme rmit rn rn_ rna rna_ rne rne_ rni ro ro_ roa roc roch rod roda roe rof rog roi roit rok
roke rol rom rom_ rome romi ron ron_ rong roo room roph ropi ror ror_ ros ros_ rose ross rost rot
rou rouw rov row row_ roz roß roč roš roši rp rp_ rq rqu rr rra rra_ rrar rre rrer rri rro rro_ rror
rrow rs rs_ rsa rsa_ rse rse_ rsi rsi_ rsk rso rso_ rsoa rson rsoo rst rst_ rt rt_ rta rta_ rtat rte
rte_ rth rti rtic rtif rtir rts_ rtt rtu_ rty ru ru_ rua rua_ rug ruge rui ruik ruk ruke rul rul_
rum rum_ run rund rung rus rus_ rusa rusi ruu rv rvat rw rwe ry ry_ ryd rz rz_ rze rzy rà rà_ ràr
ràri rá rá_ rán rán_ ráv rä räi rå rån rån_ ræ rè ré ré_ réc rée réew rés rét rétt rë rë_ rí ría
ría_ rð rò ró rö rø rù rü rül rý rā ră ră_ rē rė rī rı rı_ rš rů rž rə rị rị_ rụ s s_ sa sa_ saa
saat sab sabe sac saca sad sadi sae sag sage sah saha sai said saja sajt sak sal sal_ sala salv sam
sama samb samo samp san san_ sana sand sao saor sar sar_ sart sat sav save say saya sayf sañ sañ_ sc
sca scar sce sch sch_ scha sche schi schl scho scht schw sci scl scla sco scr scra scri scu sda sdag
sde sde_ se se_ sea sead sear seb seba sec secu sed sed_ see seg seg_ segn sego segu seh seha sei
seit sej seja sek seka sel sele sell sem sem_ sema semb seme semn semu sen sen_ send seng senh senv
seny seo seo_ sepe ser ser_ sert serv ses ses_ set set_ seta sete sett seu seu_ señ seña sf sfr sfru
sg sh sh_ sha sha_ she shi shi_ shig shk sho sho_ shr shra sht sht_ shu shw si si_ sia sia_ sic sic_
sich sid sida side sie sie_ sier sig sig_ sige sign sigt sigu sih sii siic sij siji sik sik_ sikt
sil sil_ sin sin_ sina sind sing sini sino sio sion sir siri sirk sis sit sit_ site siti situ siv
sivu siy siya siá siá_ sió sió_ sión się się_ sj sje sjes sji sjin sjo sjon sk sk_ ska ska_ skab
skal skan ske ske_ ski ski_ skip skj skje skju skl skla sko skr skri skt_ sku skup ské ský sl sla
slap slav sle sled slet sli slo slu slut sm sm_ smal sme sme_ smi smil smo sn sne sni sno so so_ soa
soa_ sob soba sobr soc soci sod soi soit sok sol soli som som_ some son son_ sona sonn soo soon sor
sord soro sos sos_ sosy sou soub sp spa spar spe spel spi spie spil spl sple spo spos spr spre sq
squ squa squi sr srb srbi sre ss ss_ ssa ssa_ sse sse_ ssen sser ssi ssie sso sso_ ssoa ssor ssw
sswo ssz ssä ssä_ st st_ sta sta_ stan star stas stat stav ste ste_ stea sted steg stel sten ster
stet sti sti_ stn sto sto_ stop stor str stra stre stri stro sts sts_ stu stup stv stá_ stę stęp su
su_ sua sua_ suc such sud sud_ suda sue suel sui suk suk_ suka sul sulj sull sulu sun suo sup supp
sur sur_ sus sut suta suu suur sv svar sve sve_ svet svo svoj sw swa swa_ swe swo swor sy sy_ sya
sya_ sye syn syn_ syo syon sys syst sz sz_ sza sze szer szi szt szá sá ság sã são são_ sä sä_ säi så
så_ sæ sè sé ség sén séng sê sê_ së së_ sì sí símb sít sö sök sø søg søk sú súa súa_ súb súbo sû sü
să să_ sı sı_ sł sť sť_ sə t t_ ta ta_ taa taa_ taan taat tab tab_ tabb tad tado taf tag tag_ tage
tah tahu tai tai_ tain tak tak_ tal tal_ tall tam tama tamp tan tan_ tanc tand tang tanj tany tao
tap tap_ tapa tapi tar tar_ tare targ tarj tart tas tas_ tat tat_ tate tato tató tau tau_ tav tava
tavi taw tawa tawo tc tch tch_ td te te_ tea tec teck tecl ted ted_ tede tee teen teet teg tega tegn
tei teil tek tek_ teke tel tel_ tela tele telj tell tem tem_ teme temp ten ten_ tenc tend tene teng
teni tens tent tenu ter ter_ tera terb tere terj terk terr ters tes tes_ tesi tet tet_ teta teti
tett teu teu_ teur tev tev_ teñ teñe teľ tf tfo tfo_ tfu tfu_ tg tga tge tge_ th th_ tha tha_ that
the the_ thei ther thi thi_ thin this tho tho_ thu thu_ ti ti_ tia tiad tial tic tica tid tid_ tida
tido tie tie_ tied tien tier ties tiet tif tif_ tifi tifk tig tig_ tih tih_ tii tij tijd tik tik_
tika til til_ tila tili till tilt tim time tin tin_ ting tio tio_ tion tiou tip tipk tir tir_ tis
tis_ tisc tisk tisl tit tit_ tiu tiu_ tiv tiv_ tiva tive tivo tičn tiņ tj tje tje_ tji tjie tk tka
tka_ tki tl tla tla_ tle tle_ tlh tlha tlho tli tm tn tni tnin tno tno_ to to_ toa tod todo toe toeg
toi toj tok toke tom tomb ton too top top_ tor tor_ tori torn tos tos_ tot tota tote tott tou tou_
tout tow toy toy_ toč tp tr tra tra_ trad tran trar tras trat trav traž trd trdi tre tre_ treb trek
trel tri trim tro tro_ troc tron tros tru tru_ try_ træ ts ts_ tsa tsa_ tsc tse tse_ tseb tsh tsha
tshw tsi tsi_ tsj tsji tsk tso tst tsw tsy tsy_ tt tt_ tta tta_ tte tte_ tten tter ttet tti tti_
ttin ttiv ttl ttle tto tto_ tton tts ttu ttu_ tty tty_ ttä tu tu_ tua_ tud tud_ tudi tuk tuk_ tul
tul_ tum tum_ tumi tun tung tunn tunt tup tup_ tur tur_ tura ture turu tus tus_ tut tut_ tutt tutu
tuur tuv tuy tuž tv tva tva_ tve tve_ tvi tvid tvo tvor tvr tvá tvár tw twa two two_ tx txe ty ty_
tyd tyf tyfi tyr tys tz tz_ tza tze tzt tzt_ tà tà_ tá tá_ tás tâ tã tão tão_ tä tä_ tät tè té té_
téi téit tés të të_ tës tí tí_ tó tó_ tód tón tón_ tór tóri tö töö tø tú tü tý tā tă tă_ tą tą_ tē
tė tė_ tę tęp tě tī tı tő tř tš tša tša_ tše tše_ tšh tšw tų tų_ tə u u_ ua ua_ uad uadr uai ual
ual_ uale uan uang uar uar_ uard uare uat uat_ ub uba uba_ ubah ubb ubbe ubi ubl uble ubo ubor ubu
ubus uc uch uch_ uchu uci ucir ud ud_ uda udah ude udi udi_ udio udo udu udv udvi ue ue_ ued ueda
uede ueg uego uel uelu uen uent uer uer_ uera uerf uerr uert ues uest uet uet_ uev uf uf_ ufa ug ug_
uga uga_ ugb uge ugg ugh ugh_ uh uh_ uha uhat uhr uhr_ uhu ui ui_ uia uia_ uie uier uik uil uill uin
uine uis uit uit_ uita uivo uj uj_ uje uje_ ujer uju ujú uk uk_ uka uka_ ukar uke uker ukh ukha ukl
uks ukse uku ukum ukut ul ul_ ula ula_ ulai ulan uld uld_ ule ulh ulhe uli ulj ulje ull ulla ulle
ulo ulo_ ult ult_ ulu ulu_ ului ulul ulut um um_ uma uma_ uman umb umbe ume umi uml umla umm ump
umpu ums ums_ umu umum umun un un_ una una_ unay unc unci und und_ unda unde une une_ ung ung_ unge
ungg ungk ungo ungs ungu unh unha uni unn unne unt unta unte untf untu unu uny uo uo_ uok uol uoli
uom uor uot uoti uov up up_ upa upat uph upi upl upo upor upot upp uppr uq uqu uquq ur ur_ ura ura_
ural uras urc urd urde ure ure_ uri uri_ uril urs_ uru uru_ urum urun urus us us_ usa usa_ usc usca
use use_ ush usi usi_ usk uska uso uso_ uspe uss ust ust_ usto usu usur ut ut_ uta utan utat utaw
ute ute_ uth uthi uti uti_ util uto uton utr utre uts utsi utt utta utto utu utum utup utv utvi uu
uu_ uud uude uue uur uur_ uus uut uv uva uve uvr uw uw_ uwa uwa_ uwo uwon ux ux_ uy uy_ uyg uygu uyu
uz uza uzi uè uè_ ué uí uín uín_ uð uñ uć uč uči uğ uş uš ušk uška ušč ušči uź uźk uźka uż už už_ uɗ
uố v v_ va va_ vaa vad vad_ vado vah vahe vai val val_ vali vall valu van van_ vani vant vaní var
var_ vara vare varm varn vas vat vat_ vats vay vay_ vaš vať vať_ ve ve_ vec vec_ ved ved_ vee vei
veil vej vej_ vek vek_ vel vel_ veli velj ven ven_ vend vens ver ver_ verd vere verk vers verw very
vet vet_ veu vez već več veľ vi vi_ via viac vic vice vid vid_ vide vido vidu vie vien vier viet
view vii vij vije vik vim vin vind ving vinn vins vir vir_ vis vis_ visa visi vit vit_ viti vitv viv
vić viš više vj vje vjer vk vl vn vn_ vne vne_ vno vní vo vo_ voa você vod voe voi voir voj vol vol_
volv von von_ voo voor vor vor_ vore vot votr vou vr vre vro vrou vs vse vt vu vu_ vul vun vun_ vuo
vut vuti vv vy vya vyo vz và và_ vá vá_ ván vár vár_ vä vän vänd vå væ vær vé vé_ ví võ võt vö vý vā
vē vě vět vī vš všet və və_ vớ với với_ w w_ wa wa_ waa waar wae wae_ waj waja wal wala wall wan
wan_ wana wand wane wani want war ward was was_ wat wat_ wata wate wax waxa way waya ways we we_ web
web_ webb webh webs wed wee week wei weit wen wen_ wend wenn weny wer wer_ werd werk wes wez wh whe
whi wi wia wie wied wij wir wir_ wird wit with wl wn wn_ wni wnl wnlo wo wo_ wom woma won won_ wong
wonk wor word work wort wr wr_ wu wu_ wur wurd ww wwe wy wy_ wyd wyn wys wà wàl wàll wä wê wë wó wọ
x x_ xa xa_ xal xal_ xap xapo xe xer xh xi xo xo_ xt xt_ xte xten xu y y_ ya ya_ yaa yai_ yakn yan
yan_ yana yang yap yar yar_ yat yata yaw yb yc ych ych_ yck ycke yd yd_ ydd yde ydi ydi_ ye ye_ yeb
yen yen_ yeni yf yfa yfi yfik yg ygu yh yi yi_ ying yis yk yl yl_ yld yll ym ym_ yn yn_ ynd yo yo_
yoki yom yon yon_ yong yons yoo yor yor_ yot you you_ your yr yr_ yra yre yri yrir ys ys_ ysa ysa_
ysi ysia yst yste yt yt_ yti yti_ yto ytoy ytt ytte yu yu_ yud yv yw yw_ yy yö yön yü yüz yı yə z z_
za za_ zac zad zada zadn zagr zal zala zali zam zama zap zapo zar zar_ zat zav zañ zb zbo zd ze ze_
zei zen zen_ zent zer zer_ zero zert zet zg zh zh_ zi zi_ zia zic zich zie zij zik zim zin zink zio
zion zir zira zit ziti ziv ziv_ zk zl zla zm zn zna znak znam zo zo_ zoe zoek zoo zr zs zt zt_ zu
zu_ zug zv zvo zvol zw zwa zwa_ zy zz zza zza_ zzo zzo_ zá zé zë zü ză ză_ zą zē zī ző zə º ß ße à
à_ àg àgi àgin ài ài_ àk àl àll àllu àn àn_ ào ào_ àr àri ària àt àti àw ày ày_ á á_ áb ább ác ác_
áci ád ág ág_ ági ágin ái áil áir áj ák ák_ ál áli áll álla áln ám án án_ ány áo áo_ ár ár_ ári ário
ás ás_ ása ása_ át át_ áti átic átor áv áva áz áze ář â âl âld âm ân ând ând_ âr ây ây_ ã ã_ ão ão_
ä ä_ äe äer äg äge ägg äh äi äi_ äin äis äk äl äli äll äm än än_ änd är är_ äs äst ät ät_ ätt äu äv
äy äyt ää ää_ ään ään_ å å_ åb åbn åd åe åg ål åll ån ån_ ånd ång åp åpn åpne år år_ ås åst åste åt
åt_ ått æ æk æl æn ær ær_ ære ærk ært_ æs æt æv ç ç_ ça ça_ çe çi çin çin_ ço ço_ çã ção ção_ çõ çõe
ções çı è è_ èc èct èi èm ème ème_ èn ènc ènci èr ère ère_ ès ès_ èss èsse èt èt_ é é_ éa éc éck éd
édi ée ée_ éen éen_ ées ées_ éew ég ég_ éh ého ého_ éi éi_ éie éier éin éint éit éit_ ék él ém ém_
én én_ énc énci éng ény éo ép épp épp_ ér ér_ éra érf érfi éri éro és és_ ése ése_ ét ét_ éta éte
étt été év éz ê ê_ ême ên ên_ ênc ênci êr êr_ ês ês_ êt ête ête_ ë ë_ ël ëll ëlle ëm ën ën_ ënn ënne
ëns ënsc ër ër_ ës ës_ ët ëtt ëv ì ì_ ìn ình ình_ ìo í í_ ía ía_ íc ích ích_ íci ícu ícul ící íd íh
ího ík ík_ íl ím ím_ ímb ímbo ín ín_ ío íon íp ípk ír ís ís_ íst ít ít_ íta ítv ív íve ível ívn î în
în_ înc ï ð ð_ ða ða_ ði ði_ ðs ðu ður ður_ ñ ñ_ ña ña_ ñad ñadi ñe ñen ñen_ ño ño_ ñu ñu_ ñv ò ò_
òi òir òir_ òr òria òt òt_ ó ó_ óa óa_ ód óg ói ók ól ól_ ón ón_ óns óns_ óo óor óor_ ór óri ório ós
ót ów ów_ ô ô_ ôn ông ông_ ôni ôž õ õe ões ões_ õi õn õp õr õt õu ö ö_ öd öf öff öffn ög öge öger öj
ök öl ölt ön öne önn öp öpp ör ör_ ös öst öste öt öv öve över öz öö ø ø_ øb øbe ød øg øge øj øj_ øje
øjr øjre øk øl øp ør ør_ øre øt øy øyr ù ù_ ùn ùn_ ú ú_ úa úa_ úb úbo úbor úc úci úd úi új ún ún_ ús
út úč û ûn ûnd ûnde ü ü_ üb übe über üc ück üh ük ül üm ün ün_ ür ür_ üre üs üz üz_ üze üü ý ý_ ýc
ých ých_ ým ým_ ýr þ þa þe þes þess þi ā ā_ āc ād āj āk āl ām ār ās ās_ āt ă ă_ ăn ăr ări ăt ą ą_ ąc
ąd ć ć_ ća ća_ će će_ ćen ći ći_ č č_ ča čas če če_ čej čej_ čen či čia čic čica čin čita čk čn čo
čr čt čtv ču čun čí číta ď ď_ ďa ďal ďalš đ đa đe đen ē ē_ ēj ēk ēl ēr ēt ēt_ ė ė_ ėj ėl ės ės_ ėt ę
ę_ ęc ęp ęs ě ě_ ěl ěn ěs ět ğ ğa ğe ği ği_ ğu ğı ģ ģi ĩ ī ī_ īb ība ība_ īg īm īr īt īt_ īv į į_ ı
ı_ ıb ıb_ ık ık_ ıl ıla ım ım_ ın ın_ ınd ında ıq ır ır_ ıt ıx ız ķ ķi ļ ļa ľ ľa ľa_ ł ł_ ła ła_ łk
ło ło_ łu ły ły_ ń ń_ ńs ńsk ņ ņa ņa_ ň ň_ ňa ŋ ŋ_ ő ő_ œ œu ř ř_ ře řed ři ří ś śc ści ści_ śl ść
ść_ ş ş_ şa şar şare şe şi şi_ şl şle şt şı şə š š_ ša ša_ šan šana še še_ šet šetk šh ši ši_ šie
šie_ šip šipk šir šk ška ški ški_ šo šo_ šp št šta što što_ šu šw šy ší ší_ šíp šč šči ščic ţ ţi ţi_
ť ť_ ũ ū ūn ūs ūt ů ů_ ű ų ų_ ź źk źka źka_ ż ż_ że że_ żn ży ž ž_ ža že že_ žen žens ži ži_ žia živ
žn žu ƙ ƙa ƙar ƙas ƙasa ơ ơn ư ươ ướ ườ ười ười_ ượ ƴ ƴƴ ș și și_ șt ște ț ți ți_ ɓ ɓa ɓe ɓe_ ɗ ɗa
ɗan ɗe ɗe_ ɗi ɗo ɗo_ ɗɗ ɗɗo ɗɗo_ ə ə_ əb əd əh ək ək_ əl əli əm ən ən_ ər ər_ əri əs əsi əsi_ ət ət_
əti əy ʻ ʻl ʻz ʼ ʼh ṣ ạ ại ại_ ạn ạn_ ả ả_ ải ải_ ản ản_ ấ ất ất_ ấu ấu_ ầ ần ần_ ẩ ậ ập ập_ ật ật_
ắ ặ ặt ặt_ ẹ ẹ_ ế ến ến_ ết ết_ ề ền ền_ ều ều_ ể ể_ ển ển_ ệ ện ện_ ệt ệt_ ỉ ỉ_ ị ị_ ọ ọ_ ọn ọr ỏ ố
ố_ ối ối_ ốn ống ống_ ồ ồn ổ ổ_ ỗ ộ ộ_ ớ ới ới_ ờ ời ời_ ở ở_ ợ ụ ụ_ ụl ụm ụt ụta ụta_ ủ ủa ủa_ ứ ừ
ử ử_ ữ ữ_ ự ự_
""",
"""\
bbcddffhiiijllmqqssssttttvvxxxyyyAAAABBBDFFFGGJKKPPPRRSSSSTZ247799999
bbdhhhhiillllmqstttttuuuuvvyyyyyyyyBBBBFFFPPRRSSTT33 aanM aaMM kkkmGGR8! GG8! ll ll mR mR ffqMSSS
lmq m RRSS S R fmqu u jlzzS44 zz z lll l j RR R hQ4 g g aajjjjqM jjjj f q a j ll l ssssBBD9 ss l l 9
D st st mVV V m m ptt v R R tt t pTT TT q R kxxzzAALTTT77 xx777 A z TT TT zL k z fkmnrvvDDM119 fmmDP
vyZ19 v z hTT h T R 11 U bknrDFM0 lF b r kkM kM fjD fiGK77! F77 G8!! ff1 ff KK K
dggjkkkllsstxDEFFNRZ002 ddksssttFFFFF E14 E D D lllzzCL lllll zLL C ggk2222 ggg22222 lqD lq D qt t R
R j0 j 0 m ZZZ ZZZ lA A tRR RR mxzDIJLRR x z jllqDM D D ffP ffP f dddiilnssuJK24 dddisssJJ 44 u my y
m ll ll R l2 2 allpruux5 allrFR gpu g u 7 7 PR jjjlIIIJJJJNRRRZZ222 jjjjlNNN222 LZZ L z ZZZ R I
qD000 0000 R kkkqqwMPS qSS l l kk k k hPP P qqDNNNNN0000 NNNN000 ln f q q 9 mVVZ25 V2 Z Z m yyyHK
yyy H H 4 CC CC mm m aaccddeiijllqrssttzCFGGHHLMNNOOQWZZ02233444556666777 flqvvzBGHLR334 vv33 1 ZZ
ZZ L L z zL L z R N lu f N z D z aallrrrryzzzEFILLLMM ll EE E l N k k r z zzzLLLL abrF b M X ssttt s
t t cewwzUX44557 U e e M U 5 z z c44555 455 ggwz z gg 7 O jjkkN0 NN j demqHHHOOOUUZZ3335 UU ZZ ZZ Z
Z O N LLT L llz z 0 e5 fu u dq 5 ijlwCMNU U jN cllzLQW2447 c447 hT L2 z L llLW l L S l Q Q G ahhlr
lT h S 6 6 A bbfffiiiiijjllmmqqsssstttttuuwyyzzDDDJLLPRRSSSV012266666677 d bffilllmquLLSSVV SS u u l
l l f bblmL bbmuu S qqzTT qS fw q l q q jllqxxDNR011666 lqqxxR1 R T DDR DDD D s 6 jnpwyzLN04 z jNX 6
vJJW07777 7777 R v v JW jlM0 l M ll m m l l bffklmmtuuuzDPPRS2 z z bl bfuP fRRR D m flmuPRS mmmmDD R
l uu l z z mmu lwD l R yyy blmmLSS SSS bmm b m l l iii QQ Q 6 R R y y t t 6 6 6 6 6
bbbddddeefffijkqqrrsssttuvwxxzzDDFFFLLMPPPPRSSUUVVWWXZ4466777 bbfffffqqqqqFFFFFPP
addekkkvvvvwzzDDEIJLLMNUXX22 dddeuuvvvwDRRRUXXX a E E R N 24 2 hDDL zL h jqqzzLL zzzLLL qq z z EIJL
E zzz LL kkk kkk almrM arMM ll m i bbfflmmmmquuuxxzNPPPPRRSSSU02
bbffffffmmmmmmqqqqrruuFMMMMMPPPRRRRSSSS l F lz lz u P D D flDDDDPU fmmDD l D D k k djzLLN0 ddk0 zLL
N jjjkkkuu jjkkkkk uu kmqqxRS kkqqqq m u jNN00 jN000 j ad a d l4 cB B M M 4 tVVVWW WW WW V
aadddfglmzzzzDDELLLOORZZZZ33337 zzzDDDDDLLLL KR K z z aaakkkkMM aaakkkM k z m z3 g jjNPSSS jNSSS Z P
Z R R flluLR aOOZ aM w w Q Q Q ehhhlwwwQQQSTTUXX47 hQQRRRT m QX w D D M7 T U4 u 4 l l oR blPPU bbPP
PPP P b l q U qv04 jqqqqN0 F 7 u 4 U xx xx xx r rr Q Q qqqF F F r r r 4 c 6 6 6 AA
bbdddddffimmnnooorruuuxyyAAAAACCCDGGGGGGHHHHHPPPPPPRRRSWW24455888899!!!!
dddoooooouuuuuuuDDDDDPPPPRRRRRWWWWWW333 lt AGG G S c9 9 9 annMMMV V MM MM n 0 j0 xyA F y ikkknnpp
innpp r kkkk k rGH4 r G C 4 HH H jz z bffffjmmmmryy ffffmmmmmm u R 8 rr r j0 0 H ff ff lmGRRYY RRR
zY z y aaaabfffjjlmmmqqqqquCFGN0 aaaaadfjmmmmmqqqqrruuCN0 FF4 F j0 kllFR l u d d x x x l l
jjkkkCCNN55 jjjjCCNNN 455 5 4 l l k bbfffkmmmmquuDHPPRR kkmm bu D fR u mmqqquRRS qqqq m mSS m
cnnqqqqN jnqqqqq N00 00 N kwS kT l l llmqMRRSS2 M l l yAH8 HH 8
ffjjlmooqrrrrsstttxyyyDDFFKKNNNQRRSSSWW0099 bjloqrDLR3 3 llD D ll lL LL m u P u rrr rrr q R RR R
fhqrwyyRRSST R F j y q S q rrr hwwSTUX hwwSTUX ii tt llzDFKKS q lwz lzz 0 FF FF l N N N fjlmR00 m m
0 jlorszNR r o o RR RR r P jjjlNN jjllNN S S oN N djkllrruFN djkN jjNN d r u r ll ll F 0 mv mm v Y
CC C 0 xx x y y y 00 00 0 N kk k kk acddddfiiilrrsssttvvxDFFFIJOOQSUVW3444666779 divvzzJJNOV3 t t z
di i d d 9 s aaaakkrrxxzFLMMMU44 O M z j jxxP xx P R4 akUU k a F l l a MM M 4 gDDF46666 g B B FF F D
l NNWW NW swU lswyLOOQ33 ssOO333 O O ew w y 6 m6 3 alqrDFRX wD l aM mtzV27 t m dR dddiiG dd d iy 7 7
7 c44 4 aaaaccdddfffjjjjlmmoooprrrvvyyyzCCCCCCFFKKLMMMNNNNTZZ0001244666 ddffjkllmmmoorrvvyzzLMNZ044
ddfffmmD mm m N N C L L oovEEZZ EEZZ o v z z L vyDFM0 fN D z z jjzN jjNN0 z ll ll kr r jl j l r m4
aadhlloCMM4 l llr M oM M hT aaaMM aaaMMM z z flmzFKKK1122 f k22 222 F l z z jCN0 N 0 hCO h fmyRV f T
y y d mquR m R q 0 R wwCTX w avFNZ5 mF F M Z aa a u 5 jjCNN j ap a y j C 0 0 j j N c
cceeefjlrswwyAAAABBDDJJKLNQVXXXYY00222488888889999!!!!!!
eefffffiijjjjjswwwwwNNNNNNNQQQWWWWXXXX0000002 LS 28 2 z z JJJ l l buu buu u kkA kk 88 8 jjAAM M A A
jjN jN gqqDDDD149 qqDDDDD 4 4 X1 wX kkUUY! kkk m UU1 lq aafklmmoquzDDDELMMPPRSSUUUV01!
aakkkklllllrDDDDDMMMMSUUUUUUV oo11 oo m jjjzP j z EE EE fnzzzLL zzzLL NNN N mR55 55 fS00 0000 IIIJJ
IIIJJ aakllwyyLMMV248!! aalllryMMM 2 2 8!! kkw4 kkk llrrrzBBB237 lllrr7 BBB BBB 2 2 r zzL zzL gV gg
gg V2 V 2 ewwJJKUUUXX! K U z! 4 4 4 III I afhhhhnnnooppqqzzLRRTTVVZZ13777799 aopZ3 nnppp 3 0 0 hhQ Z
Z m4 l m J ehhqwzLMQQTTTUXXXZ9 ewwwMMMTTUUUX99 QTX j j y xz x QQ Q qZ ZZ hV17 7 7 V oppKR K oR o q
hh flmmnzL L L n q R R nn
accdddegghjjkknnnnoooppvvxxxyyzzBBBCEEEFFGGIJLLMNOOQTUVVWWWXYYZZ11223334456666777899! hT
adegggnnopwBEEEFIJOVWZZ22223444 JOOOVV33 Z I4 IL 2 I ozB o z z ajpEENY027!! ajN Z 7 zL EE E 2 Y! 4
hwzzTU zz z n ggHU1 L H 1 g Z 24 h dnyzzzzzzBBBELLLLLLY33 zzLY3 z z k L z BBB BBB 7 z pyLL z B l l
O3 366666 ccglxxyyGGLU111156 ccxxUUU g L g p NN G hjMNQ M N jN N hjknovvwxxzzCHHHLNNQQUWXX07 oovvv7
n ewwX xW jkxzzN C H pw L U U v H ekwFNT0 W hQT hh TT Q pGLVVYYYZ111124478! GGVVZ n n 4 v v jM2 z 2
j zJ4 Y1 jN0 j0 j 0 N 11888! 1 1 1 88 G p p yy W n kyy k j n 4
bbbddffimnnpqqsstxxxxxzDDEEHJNOPPPPPSVYYYY2366667799 ffffqqqqqqDDDPPP bbdfmmppqqxxzzDEEJLNPSSVV2
bbbffffmmmmqqqqqqxDDPPSSSSV11 NN L U2 2 U J L z gz zz g xLL2 L x aEEE EEE l mm mm l D z z
oqqsstyyzLLOOOOOUYY3333 qqqqsDOOOO3 l zL z l sC L L T ffq fffqq hUU oo o luwxxxHHHHPRSX2 xxxx uux u
wX wX kJ jo HHN H j R kD kM 0 P w U bbbbffffiiiim m bbf b b jllmnPPYY mPP R l R R wY bmmP bmmP X
mSW27 7 j j j 6 0 aeghjosyzAABEEHHHKLNOOOTWW011112233666677 dgggijlqvBBBEFHKNOST123 dAAD i i 22
vBBRRSS vSS RR EZ EZ lHH ahjlIKNO llM0 KK j OO 0 a N hIT qtS t zzR R Z guFFN F g u m oEW7777 7 7 o o
ajyzzzzBCLLLLMNWZ00 WW jjuuNN000 jjNNN000 l u u nM yy j rr r zL zzzLL u xzzzzLLLLR7 0 z x LZ L zU
aaMM aaMMM BB BB C gg222 gg222 gg222 s fhkkyyHKKMSTX V pT RZ Z yzR kkkk kkk w w A11 1 A w w AAO33
fllqqxHHHHOOOU3333 3 D a q H f kOS H O lU3 l fHO O R HN H xx xx q U Q 1 1 mmmooppvvzGGGLR255 GGG7 m
R R mm mm L2 zL 2 uR R u oo o p k vvy y v np w 11 1 p m m mm n 0 0 0 f f f FF F h c h cc 6 6 6
aabbeghhnooosstxyAAAAAAABBEEEGGGGHHHIIJKNTUWWXYYYYZZ222266667777888999!! aaaaiqqAAAGGG99
abeehhhprvvwwxxBHHHOQQQTTTUUUXX1222227 ahhssvvwAHHHHKQQRRTT1112222277 ppM pp M kkuu k X ZZ2 Z bnpB b
T 22 w EXY z 6 l z xxxY xxx Y yUU Z Z gwU g F I J J oooAHWW78 oH H o oA8 A dhhhhtwyDIIIIJJTXYY7
dqGGUUX7 h N0 LL L h Y DD D yyT yy t t R I kk ll ll o ggooBBBEEWWYYZZ22266688!!! G222222
gggBBBBWYYZZ ggggBBBBGW Y Y8! 6 ! 8! o 6 6 6666 agkmmnuuMQX12299 xU1299 kk kk aMMQQ aaQ MM g X r r
uuu u u 7 7 oWY7 Y Y o AAA A A GO ffffllmqquDJJJNRRRY! ffffllmmJR k k N j M qYY! YY R z uDDD uDDD NN
ll ll q R N N AG G G bmDDIISSS SSSZ0 mm S l b b D AAA A jjyHKKN0011 KKK H H hT R R R nn0 n N N 0 y W
W s99 f y c aabccceeeehhijnnnppprrrruwwwAAAAAAFFGGGGGMMNPQQSTTUUUXXXX044588999999!!
bbggiiiuwOPPPRRRRSSS33 rrr r r fhhAAGTTUU w h h A A U UU G 0000 0000 0000 eehhwwFQTTUUX wX w FF FF
hk k U lllllrr llllrr l jjCCCCNNNN jjjCCCCNNN 9 xAGGG4 x x GGG ccnppyyKK4445899 44 y nppz z p KK9 K
aaajjGGGMMN0 ajrMN0 n GG aaallnnnppqMMRRX llllnnnnpp a a jwwIJRUX jwIJRRUX q aM A A aaVV VV a
ajjrFFFMM arrFFFM j ll lll NNNN N llzD9 l zD E zL 9 9 wwQRTU uRRR UU U wT w mmnwzzDTXX44 mpyDLS1
mpyzDLS1 z z m n llqquuuuR uuu luR l q jMNX jMN H4 H H w w 55
bbdeeffghhimmnnnpquwwxxxzzDEEIIJJLPPPQQRSSTUUWWXXZZ26 fgglmnpqquxBBBDEIIJJPRSW2224 xxUU2 zz z ggggD
l DM p pp B BBZ z lnqJRR qqJ mmRRR qqINP qqP q N D R u u bdddfiuzzzzDHHLLLLPRRSSZ ddHHHSSS n j N N
LR zzL zzzLLS L SS l l d d bffDDLPPZZ fffDDDDP z L m uuu jkll0 bmP q M u R q q q kk k qO66666 l nDJK
bJ b N N D D hjqwMNQQTX06 all u u Q hkyDN0166 kpyDJLNTX016 q eefhowwwxQQTTUUUXXX H R u h w q Z Z l N
X w mmuRR muuR w4 4 ooU qxxx xxx q wU T U beelmwwwEIPTTUXXX EQ elwDTTTUUX T b w lmwzITTUU zz u
bhkquwLP h 1 QQ q TTT mzD2 m I z U U x x a a f f mR mR mR p jjNN00 jjNN00 x WW W P J J hhh h h
bccccfmDDPPPRVVVWW5555666 ccVV5 W 5 5 bbfmDDDPPPR666 P fkDR6 k bfmuuDPR bfffmmuuPR D D mmq qq
behiilnnpqvxQSTW2369 iiii nppvKLLUX X E E U fflllmmoxxFPRR023 3 FM FF k a m ll R oqy l l l u i
ntDDDDD t l l D D b rr rr r L L hQRSSTTT b b T S RR RR T z z WWW W vN l qq7 7
acdeeeghhjlrssstttwwxzCCDEILNPQSSTTTUUXXZ00224667 ffhllwwwwSTTUU egggnpqxzEEJJTXXZZZ12247
gggggggxPSTTTTTXX222222 nz zz E E Z Z w i LZ Z nL l z z ampD1 a wCLN0 L xz zz t EZ E Z u l zL L 77
77 llsDDDFS kDFFM M l fffhhmmnuuzzzzLLLLOOORRRRX333344 ehhhhmmmmuwwwPSUUX ln l zLL z z z z ln7 mNR N
kk 3 nz zCLR CC z L fR s s luIQ u 4 z l lR R z l uuR u i llvvvUVWWW v vv v W l U fmmBELNPW22 SSTTW22
jj0 0 N kkmN kk N fjlqw j l f n L LL r r L tuZ mt u k Z D N mzM m zz p P P Q Q 0 aadjjCCFJNNU00 jN j
N F L U jrwMUX rw j hkwT w l T k k abbbcfjkqqxPUUVV47 bblUUU mR mR u m jN00 jjNN00 mq4 q nV f hhq
klMMQSTU0 0 l0 kN U l l l eXX X GG GG aadhjkkllrwDFMMNQTUX0 jkkllDDMNT l0 rwQUX U X
eglmmppqqvwwDIIRSX2 emmmwDIX RR R z z b b q pzDD D z p fu qq qq mwS2 m n wwCXX0 wX0 w T lO O jkpqrK
aK r r l l yyyyyQ y 0 j CF F f R R N uuTT uu uu T r n4 S c
befhlnnprrssttvxyzBBEHJLOOPQTUWZ2355666666799 lr foprvvz124457 v l l zL I zTU z f R zEL zz 2 L z 4
go7 afmnwwzzzEHHLLLLQRTUWZ4457 arrwwHHHMMM7 b bb n 4 L L ER E q mu uu zzzzLLR L z u u llllltO36666
llt3 t ll llll lll l l l l bgjpzBBCLNNNZZ009 BBBBZ99 L L g zzLLN zzLL bkmmpp k J jjjpCCNNN00 jjCCNN
000 ll l Z w O3 alllxxzMPP5 hllllllllHQT mmu u aMM p O O z z l 4 f afPPP P qqxxx x fqwxDNRSX6666
lmquxDP 66 u x NS r r 6 vKKO33 O mmpBDEU1225 mm yU UU p E pB B zD z 6 T w T T U U U pQ s s n WW WW 9
9 u u ny n 4 O c eeeefgghjklwwwAADEEEJNPPQUVVXXXX01115888888!!!!!! eeewwwwwVXXXX 8!! 8! 8 5 5
jjjjjjw j j gggA ggg k k k aaMM aaMM M z 88!! w 88!! z1 zz zz 1 kkCERRRRRYYZ88!!! kCRRR RR RRR EYZ
EZ Y bfffkkllmmmqqquDDJJJPPS fffmmmqqqDDJJJPS fm fmmD klN0 kkkk 0 qq qq uu uu P kzzL zzL llCU002 l U
C000 U gllQUU1 gR g l U EENNNNN000 E E q N npV V n E E E 44 4 wJJ4 X I
aaaaacdffhhhkmnnppqxyCCFFFFIIJMMMNSSTTTUUUWW1145666666 hhhTTTUUUUU afjnpppyIJMMNS0555 ffS555 p lqD l
l aaaMMM aaaMMM jp0 j w ackmwCDFNW4444 h44444 n I w jjmNW N aaackkkFFM wR T jjqxCDINW00111 j 0 u klI
p N j0 C a a DN0 j q W x hM addkkkkqqMS d R R w p fm kkk kkk M MM jkkS j q q q q aawMU a M UU U FFF
F FF FF p hhTT1 1 66 6 nn0 j N y nn hT h c c 6 6 6 aaakkkkllllooorrrvzzBEEFFLMMMQQQQVVVZ11777799!
QQQQQ agoovvzzELMVVVZ1117 1 E E zz zz goo g oo vLL v zL k7 l l aa aa V hjkkwBM0 l hjjwyT0 w M k BB
BB k k llll l l kklM k l kk k ll ll alloM ll ll o aM aa M krr krr kr QQ 7 7 7 bbcuuuuVV556666777 u57
u bu V bu bbbbbccciiiiimmmmoprrvvxxzAGHHHLOOOY1344445557777889!! bbbbbiiimmmmmm cvvzzAGHHHLOO1111334
vAAHHHOO111133 z z vzzLLL zzzLLL 4 cHOYY488 HHO p ov7! 7 p i iirrr irr clllxxx5 xxx 5 x x 7 llll ll
ll 5 4 4 4 4 deehhhhhhkkkvvvwwFFFJMMMMMQQQQTTTTTTUUUUUWXX88 hQQTUU eehvvvwwwQQTUUUXXX1 evwUX w v w
FFJM8 FF J J U M8 M h U dlFKM l l kkkkk kk T hT qqqqRR9999 qqqqqRR uuuyCCCCC uuuCC y y R 00 0 0
jNNNN0 NNNN jj j N N j 0 cccW444 4 4 DDDDP9 DDDD P P P fqqqsyyyyRR RRR q y ffy ffy q 9999 CCCCC CCCC
SSSSSS SSSSS SS S o77 7 7 P99 suuu9 uu9 u u n cyC044 4 0 0 0 jN hhhhyC y rrr rrr r cccnnny4 k k n n
cc c CCCCCC C CC C w ehhhwTTUXX U h T T T 66666666 IIII I h Q cSS444 S4 S ehwIIJTTTUUXX U UU hI h h
T T w w T T QQ Q Q hhwwIITTUUUX TUX hT T vvvvv vv v SS S S oo ovv vv cc 9 AA AAAAA99 A AA
dfhllmmqstuuvwwzzzzDDIJLLLQRRSTUX01124
bbbbbceeeefffffghmmmmnnopppsstuuuuvvvvvvwwwxxyyzAAAAABCCDDDDEGGGGGHHHHHJJJKKKKOOOOOOPPPPQQRRRRSSSTTTUUVVVWXXXYYZZ001111113333335588899!!!
aaaaaaaaannnnnnnnoooooooooopppppppprrrBBFFFFGGGGGMMMMMMMMMVVVVVVVVVV111237777777779 oooppppV177 F F
nnoo1 17 oo n ooM M o a aM a rGMMVV rM pp pp aaoppBGLMMMVVVZ2 ppzBLLVZ o aaaanBFFMMMMV7 aaMMM o
anrVV7 r n dnpzMM dzM M oo 77 7 bdgkkmmuuvvBBGGRVVYYZ12288!!! lnnxz BBGG12288!! 2 m B ! vDM v M
kERRY Y Z E R s L S lluu lluu l l mmR mR gz 1 bbefilmqsstttuwAMPPQQSSVVX2 wwXX zVVZ L Z qDD m D
hmRSS hhlll m RS kkssstttAM ssttQ t sMM bbfhmuwPUX h mm wUU uPP bff QQQ Q ll l RR fmquP u m
dddeffgikmmnnsstuwwBBEEQRTVVVVVX015 dmmstJLV02 effmmwzLLPRV4 fffmzLLPRV w R y lllBGNV l B GN
dknouuuR000 luuuuRR000 kT ff0 jj jj sttE1 sst E EOXZ135 EOOU R Z fmmmmuuRRR mmmuR T ffmR R kwQX hQ04
dg g d c4 diiiiiinsBZZ3 iiEZZ s B ii ii aaaijjCCMV148 jjj f f q q v a j ll ll 1
agggggjnqssttyBBBBDDGGMNOOVVZ002222 aadgjstM0 nGOVZZ2 n l Z 9 2 kllllqqqqR llllqqqq R m DD DD
zBBDLMS L DMS B 2 OX OO g g wN N gj g ag ost o st yy cggghkknnzzzzEEKKKLLLLLUVVVZZZZ2244
zzzzzEEELLLLVZZZ KKKLVVZ22 VZZ z2 L z n gg2 2 g U U OY m m k LL z z z
iiiillnnnpppppqqqqqssssssstttttttuvvvyzzBBBIIIIIIIJJJJJKKLLLLRR11 vvyyzzIIIIIJJLLSS6 t t bisJ1 l i b
1 st t s ppB p llt L n llnppqqszKL llqzLL K R pq z I I lsttt lt qq ppqqqstuuuRRR quuuRRRR pqqs qq is
L L fR emnpwxxELSTTTUUXXZZ157 wxUUUX nnpz z zz hmSZ m EZ V11 1 U U q WX X h T
egnowxyzzAABBBEEEEGGGHKLLLWXYYYZZZ122344588!! awwxxxzzEELLLQXZZZ45777 AGHKKOY123! AKK E zzL Y
lllpEEMN llEEE M zY8! z gBL122 zL ooov oo v z z wGHXYY wGTY nzL zL jkzQ0 4 j pz18 A
bbgggnnooopuvxBBGHIKPUVVYZ2277! bgllmmooouuuuxyzzELMRRRU77 ggzBGGHHKKLLPZ12238 owAGGHHP8! z B2 zzzL1
p L ggL DU nC n DDFQSTTW hDDDD T u bmm R RR R R gqvzBDGHIT112 HTU lz BB f R X V kkllnopprtvDFMN lltF
noo bjkpMMN pr l my yZ ewQU U 3! ! u u fkklMP fkkMP fjkoDN k fD zL zz L l D x x K K 4 h
bbckovvzEGGHIKKKMNPPZ115577788!!! otzzJLLLR477777 pvvzHILL224488!! pwzzHIL4 2 v L ffH1 ff z1 m L fR
kllMPPT lll bfuPPPRZ lM st buBKQZ z Z u nK jkDN 0 jkN 0 w w l zE G1 1 z
aacdefggiqrstvvvxxxxzzBBEEEEFGHKKKLLMNVYYZZZ023588!! ccggglprstttxxyzzzzBBEEEFKLLLLVVXZZZZ022444555
gmpBKKKL1133478 KZZ3! llB zL L 77 gzK x mquvDD lq D uv abbjkkmqqCCDFMMNR000 jlllFM zzLL aqR00 E zzC
CY bbbmmDR j EEFOOQY8! EEOQ! l ggjkqzzBEHLLNZZZ22238 gggzzzzLLLO2233 128! kll0 EE z H RR6 6
DHHQSTTW1 oH11 BQ w T lqD zzL wzUUXXY wUXY dkI I d r0 0 jxx kkoorstvBCDDFFN kkstF B rF o N DD L mwX1
D1 g ejpqxxN00 lqqxx N j ej0 ddimqquxEMR adfilqqqN tLL mmuuDRR7 EE zD z q ZZZ ZZZ 0 fffhAAGQTY hIKQT
fAL2 Y G kkmD1 m R R TT T c4 ddeesssttttwwKOXXX116 eewwwKOXXX16 t t ss t d d ajkyyyzBBIJLMNO2348
axyzLL2 LLO2 zz L LU 2 Y8! z S4 4 w jjkllqDDMN0 0 qM j D S z z ccccfV5 ccc fP fP
bbcddeffmmrrsstuuvvvvzCCEEJKLPPRSVVVVWWZZZ00244555779 bdfffmmmmrssstuuuvvvvCJJLLLPPRRRRRSW0007
bceuzzAAEKKLLVZ124479 bmmuzzzAAELLZZ9 L z uEFIJ E my y S lm llqD l m l lnzDDDOSSSS000 llDDDSSSSS0000
S m q n zz 4 lmqz mz l fDLLZ15 ffzz1 uL D L Z z mmm L U lV lz L 4 p 0 35 m R R fqrDR2 t f 2 v aDMQRZ
EZ kD qP z zL LL Z z np Q m c4 4 aggmmnnprrstuuxzBBEGIIIJLPPRVZZZ12557!
mmmmmmsstuuuuzzEIIIIIJJLPPPRRRRRRW0002 vzGLLZZ122 zzLL1 p Z D bbgpO8! bl u g f m vV azzEGLZZ15 zzL a
B rrNN r rNN l7 l 7 U ffkklDDDFN N f q R N D nnpCTX lC n gn g zL n gx gx c44 4
cefggjnryyzDEEFGGHJLNPPPSSSWYZZZ022355557 aaaacdfffffhhjpprrzzzzELLLLPPPSSSSZ255 gnvzzBDELXZ1
lnvwzzDDL g X zELZ L z gZZ hllllnMSSTUZ lllllDSS2 k h kM uU Z q ffPP ffPP 88! l jqFFHMMRU0119
wwzDDHU9 MMM 1 2 jlqqFF0 z RR p 35 3 yDDDX DDDD JS m w u fwPYY00 fP0 Y w kqDDN000 N000 D gnLRZ1 L R
n g Z I k R y y S S iikkkkkkpppqqqqqvvzCFFFIIIIIIJJJJJLLMPP iiiqqqqzzILLSS q J l I k kkk k IJ I IJ
lz lz L L v v kpFFP kp l FPP P q q eefhjnqwxDINTUUXX04 nJNNN000 npwxxR hRTU x lm lm q UU w I j w j j
q I G D gggiooooBBEEGLQQZZZ227789 27 ozBBLLLZZ22 EEZZ z g B EZ oQ g9 g 8 r r cuVVV5777 V7
ccgggllmmqvvxBBBELVVVVVZ222444455778!! ggglxxVVVV222677 zzzBBBELLZ4 zLL V z B 4 4 vG8 mE5! 8! E m 4
lL l L m 4 ccehuwyDHKKRSTUX58! yy H H RRR RR wDD8 ! DD 4 X K K X D S S fRRR44 4 R R R R ssu ss u
CCCCC CCC ddddmmmm777 ddd77 mm m m m R Q Q ehwwwTTXXX X wX ccc4 QQQQ o h cc44 wIX S S TTT TTT Q wwIX
w SSS SS S vv v accdfghijkkstuyyzAAABEGGGHHJLLMTUVVYY025788999! cccffjlnnnnxxyyzLV55
gmvvzBBBEEGGGHHLOVVYYYZZ122378889!! hvvOOOTUYY389! G17 7 1 2 22 V ZZ ZZ jzzL z gzzL LL z z sR z m
ENN N uBM7 B fmyCEHY yy EZ H L z1 z N m z DEZ E Z z z vyyyyDDDMN000 yy v DMN D M M 0 0
aabdjkkkrrruyyzEEEFGLMMXY489!! klAEY EEZ EZZ l l G N N kkN k N j j orLM r o L z kuy kyyE Y uzzzLLL
lG z uz LL abrzF zL F b 0 d X sssssttttt88!!! st y! y s t8 t ceemwBDGGQSUXX2244577 AUU D mQ m ezL ez
MX M X DLSU04 SU 5 kN D j c4455 455 ggwz g w7 t m m O O abfgjjklmqqxMNNPP0 MM M k fllmmmquN
flllmmqNN u jj g jxP j h U z jwU adeHHHHOOTUZ03335 UU8 A A a ZZ ZZ Z Z O HN mzLLRT0 z L R 3 l7 lz 7
hw0 0 5 5 uH u ddq l 5 5 0 0 0 befijmmuuwCMRRTX RT T U ffmmmuu ffmmmu U uR u mR w jjMNN jjj M NNN
jjkkl l j j k ccgghvzzAEEGGLSTWYY244578! cE11447 L hTT Z T F g l z2 z GL4 L 4 zL L z z 8! m 8! llzW
z L SW ll Q Q GGG G G G G ahhhiGGQTT0 alTT G hh y9 f ff R R W S cc 9 6 6 AA A
bbbceeffffhhhiiiijkllllmmmmqqqqsssstttuuuuvwyyDDDDFMMMPPPPQQQQQRRRRSSSSSTTTUVVX022246666
dddffilqqswySSSTUX66666 bbcfffilmmsuuzzzDDDLMPPRRRSSSVVV4 ewwwDRSTTUUXX M m u s ll lll u D ll ll f
bbmuDLLZ bbuZ l SS mm L R qD u u f qS l l qDDDDDDDM D m m S D D mDD D D m D
eehhhhhjlmqvwDJQQSSTTTUUUX022448 hhhhhllllqqvwDQUXX2 S R m m u u X0 M fjjmwMR0 fD jwM0 lSS l m lRR S
q q hhhiikkkkmqqrrrrssttxxxAAAADFFFFFFMMMQQQTTTT011111555556 hhkkkllrrtFFFPPQQQTT00 lmqquxARR1155
mm15 ll R T T tt t kkqqqqxADDDFFS1 kmqxDDD l AD kkFFF qq P qADDDDMSSS55 D uS qD D m k lmQ1 mm l
jnpyzILMN04 jnpyzILN04 k kkkrrrssFFFFMMMM krsFF s FFM kM bbs bb 6
bbbbbeeffhmmuuvvvvwyDDJJJPPPPQRTTUWWXX4777 hhhvwDT7777 bmmuuPPR muPT u m mR R uQ T u m 4 ewIJUUXX wJ
U v v zJW z R vD v D bbfmPPRRW D bfmPPPRW jl0 m l jM0 bbffu ffff bbmuu QQQQQ QQ Q Q Q Q Q
kkkkkklllllFFT00000022 kllll2 00 0 kl00 l 0 k bbfflluPR bPP m bl fl bb l l R
bbbfllmmqsuuzDDDDMPPRRRSY2 mmmuuDRRU z z blqD fllPR fRRR llq m m bfmDDMPRS mmmmDD b P llMR jz z q R
D D T q fllmqwDRS2 u u f RR q yyyyyyyy y y y yy ffflllmmmqquuuMMMPPSS2 llll ffqP ffP quM M mu muu mu
u mq m bbfllmmuuLSSS4 SSS bmm b m m fmuuR R lR l l l iiilQ ll QQQQQQQ QQ Q Q Q f m6 RS R R R hh h y
t t mR6 6 SSS S 4 c dd dd 6 6 6 aacccdehhhiijjjklnoorrsttwyyzBEFIIJJMMNNQQTTUVVWX0049
aaadddegggiiiiijjjjklllllnnnnnqqrrstBFFFFMMMMNNNPVVV0000222
ccdeimnuuvvvwwzzBBBEIIJLLRUVVVXXZ02445555 cddefmmnnnuuuvvvzzBLLPRRRRRVXX44455 mmmuuERRR mmmm uuuuRRR
E jBNN0 MN N B5 2 z 2 v zELLZ zzL yzDU2 zL D h Z bcejqwz05 cL0045 b Z jqq z ktEIIJL t EJ zzL kkkRR
kkmRR L akwMMUXX aarMM llN kkk m l ll j T iiiiiiilBBFFFGGGGGGNVV07 iiii BV0 V FFFGGGGN GGGN FFF i
abdfjjkmmoooorruuuxzDFFGGMMNNPRRSSX002444 abbbfffjjjmmmoooqqqqrrruuuuGMMMMNNPPRRRRRSS00044 t l l l
oF lz lz P DR D h jDDDDNPUU1 fmmDF zU l1 pDDD k k ddjkkpzHLMNT44 djkkkpM44 zzHLL djN aklmruLM kklzF
L uuM q u ffkmqwxRSX0 fjkqqq0 mS m uw x R jjNN00 jjNN000 j ad a d l4 l cB c B M 4 X j jl jj jj l l
ssstttttEEEEEEVVVVWWWWW111 sssttt EEEV1 EE EWWW WWW V1 abcddfimooozzDEELLMOOOOOPRZZZZZ33333348
noozzzACDDDDELOOOUU1223339 llqK lzK z z bu uP m R m aaakkkkM aaakkkM a kkk D dMMN yM V w 3 Z gU4 g
jwINPSSSX jNSS w llM P wz lz Z cmo4 4 R fluL l L u fm aO a u u wwUW0 ww w 0 0 QV V hhjCNQTTY8!! Q8!
Q! hlY h C CC T T n n ehhwwQTUXX0 T eX0 0 U X ehmmouuuwAADQRRRTTUX257 bbmmmmuuuAAAQRRRRR m X8 QX8 T
T r zDE z D MVV7 7 M wT w fffmRR ffmR uR4 muRR 4 p l l U o zR X d d TUU U abbefijwwKKMNNPQUXX00 auw0
k bfjjKNNPP jqN bbPPP h04 f M q wMUU wU M b X ajjjjlM0 lll jjU j jjjjyMMNN jjjMN cnvLLOZZ4 qqqqN0 z
l m F F gv7 u g 7 d4 d 4 nn n R R jTUY j j ixx! xx! xx! hirIIQQ hrr N N JJJQQQQQTYY Y QQQ Q bbhy9 bb
p 0 qqqqyF F F r r r W h9 N 44 J S II h J cc44 c y I I cccc cc c 6 6 6 AA A A
addffhijjkkkllllmmmnpqqquuwxzADDEFIJLMMNNOQRRSTUUWXZ3478
aaabbeeejjjkkllmnnooooooqqqqqrrrrsstuuuvvwwxxxxxAAAADDDDFGGGHHMMNNNOOOOPPPRRSSSTUWWWWXXXYYY1122333333447889999!!!
llllllmnnnprrrrsssssssstttttttttSSSSS112 mmpSSSSS11 st st lnst t l t rsstt t s lllrrst2 l r lt l ll
l qqqq qqq S S hhjwzEEGGHLLOTTZ8 iw ELOZ OU z L EZZ D0 D 0 kz k z y y zG zL TT T M j j E E S z
bbbfhlmmuuFFFMPPPRSSSU2 hqTUUU z D m R4 f bbhmFFFFPP PPP mmuR FP FFM bb R z R k00 0 bb bb fllquM ll
fq m l abddeeiiijjllmnoABBDNTTUUVX09 djjlllllllnnBNNV m0 m L 0 iioG i djjmDF449 ajjo9 M4 W cO34 O3 u
R XX X pA A j Q T aaaaaaaallllnnnnnnnoooooooppppFFFFGGGGMMMMMMMVVVVVVVVV2777777778 lop7 ooVV V o M M
V o anM M an a aaloppRVV7 llpV R l l aaannGMMMMV aaM G MM nn ann n ppF7 ppF 7 7 V iCMO7 zO lz u M0 M
0 dffimnyyyAABCCDEFFGNPPQQU diyFNN nBELRUU nUUU B EL jFGM kF L j DNN N N fz w w jjDNN jN D OQQ OQQ f
b b fP u A yyy y kkknnnppyKTZ EL z N p nK K k T T k np p
aaaafiiiikkkkkknnnppppprrrrrssssttuuuCCCCCCFFIIIIIJJMMNNNRRRRS ikknpprDSSSS R R k k arIMN aM FNNS S
N r r l CI kpqqqt kqt q kkkkqCM k kkk uuuRRR l uRR uR kksI ks I kkkuuRR k R kk uuR fff ff d k
hhhjjjjjmyJLQQQTTTUUW LQQTTTT fJLR R j j jU o o j j m W aaaaxxyyzGGHJJLMNOQQUWWXXYYYY3444488!
ahhhyyMQQUU44 zLLX! L L ayMM1! aM G8 C 4 4 HH jzNW n z YYYY
aaabbdddeijknnpprruyyyzFFHHLLMMNOOUYYYY0334888!! aabddffjkkmmmmDMM04 zzzzHLLLORRR0338! HORRRXY38 z r
z z L k akMMN M k oyRSSSY11138! oRSSSS9!! yFM L 4 l 1 aM R eppuwILXXY48! pH L jN M IZ U u w rr r
ddknppDDDDN04 df DD0 jnq4 D p k OORSUY OORY3 l z H S l l ffjjN ff jjN jjnFN jn bzzL b z j Y Y yy f
fhjqyzzEEFGLLQRUUXYYYY48! hhhhkknyyFFJQQRRRRRUUUU mnpwLYY 1 z L n qz LL zGLPY z yG g z qquwES4 S
qqquuE r4 z pq q S lm R fmqL L R q j zL z z L
abbbddeefijkkmprrruxxxxyzBBBEEFFFGHIKMMNNPPTUXYYZ01347788!!!
affjjjjkkkkkmmppprrrrruuvyyBBBEFFFMMMMMMNNNNU000004 uzKLLX wzKX L bluuz z u bmmu lnnnzCDLWW11 rFM n
kkzLNR1 x44 q l j n mxHKNNP4 HNNN K xP zzzCEFFHHLLLNOY1338! BFO333 zzL FHHH4 z YY jRR0 R N0
STTXYY44! wEYY! T m TT ezL X p x x dddddjoppxxBC77 ddddxx7 o jj BB p h0 h x x q q ajrDMR02 u zD U jk
bllmqqDDDFPQRRSYYZ2 ffllllqqqPPPS mRZ bmmuDDLNRR Y muDR mRS fq qzX q z X u i fzL11 L11 DDDF8!! D T T
T T T ddlsssstL1 dstX1 l l L adxzEEL dd zzL L x x ll ll l R l
aaabbbfjjkkkmrrrruyzzDDFFFFGGLLMMMNNPPQSZZ00222449 aabjjjjkkkllllqqqqqDFFFMMNNNNRU0022
mxzzGGLLT00000 fmGGT00 0 z lxP L z 0 z0 0 zz z fqqD qD uM MM u N djjjuyyAAAFMNSZ4 jlAAADDNS m uuu zL
kMMR uy jj F cnnpLSW0444 pL44 l r z jz04 zU z aprCLM455 a 5 N4 C5 p kL fqL M f m jkkZ kk 0 jj mmmDJ
mmDJ fmmq q l alqrMP alllqM L u0 k kmzLNN kFNN zLP z L z k L flM kQ k l l P uuR uuR k k
abbbbbbfffimmnnuuxxyDFFHNPPRRUW248!! bbbffijjjkkkllmmmnqqqqqNNR zzL z zL bFS FFMS P b u m m kklyDD
alD w W18 amxzY44448!! 444 z k aa F 4 m hhU h h UX mmu mu ffP bR bR lnqDDRR0022 lll02 kq f DRRR
fmnpuuDDDQRSSST lnqqqQ uuMP NRSS fD T b b y addeijppwyyyAJKNNOOUWWWXXY033447
aaddddjjjjjppqqqBMNNNNW004 fmmuwLR fmmQR L fuyz0 lm zz u iiO8 i uALWYY144 14 u r q T wU RRU R kK K
0333 pqqyDDDNN y00 D jqN l D N p pI kk k OOO aaddddfffiikkkkpqqqqqqttwMMMRZZZZZZZZ ffffRRRZZ kk k
ZZZZZZ ZZZ Z ZZ aaqqqT aaqqq q dd dd k MM M q q dddellnJMMUUUWX444 jU lllMNRW W l lM l J l p
aahwFFQSTU7 hwwSTUX z aF F lllmmqMRRSSS027 lmMS2 l cccloooxBBBCCCVVVV4448 kl g g o o l4 cx4 x4 V 8 8
BB BB B B ddddddmqqyGHMSSUX118!!! dddmmqqqq H11 11 H yMS M ddd dd M8!! M ! U 1 1 w D D s cR R R a CC
mm m u u ewwXX hUU U h T wX 44 4 TTT Q T Q 4 XX X X Q UUX S S o o
fiiiiijjjkkklrrrsuvvxyCCCCCFFFFKNNQSVWWYY00114799! aaaiijlllrzFFMM7 ijoqruvvKORV133445! C3 lD D l
lnqL nL u u rrrY rrr Y 1 lz lz RR RR M ffiikkryyDRSS77 k 7 7 f k k FNR R jy j yy0 0 q S qq kk k u
frrrD hwwSTUX hwwSTUX iiiiklqqDDFN N l q q k k tt lqvvDDKKQW02 v qMP2 qq l wQ h lwzzW llz w kD0 0
lFF FFF m l f S CNNN NN j N z z z jlmR0 m m 0 0 q kCC k k hjoryzNQY Y r r o o y RR RR r wLX fjwL R m
M jjjllNN jjllNNN l k S S oN M M ijklrruCF djkN jjFNN k d k u r rr ll ll u F F 0 0 jjk0 kFM l0 l0
luCGYYY11189 YY1 mm s ll l j Y8 u 1 v v Y iCC 0 0 C 0 xx x y y y T T 000 000 0 j j kkk kk kk
addeffggiiiijjjkklnoorssstttyyyzAABBBCCCCEEFGGIIJLMNNOOQRVVZ000223556779
aaaaadegggggiiijjjjjkklrsstyyzBCCEEFFLMMMMNNNNNOOXZZ000222233356666
dgggnnovzzBBCEEGGIIJJLLOVVVYZZZZ0233355558! gggnnnnwzzBBGGLUUVW00555 V tV t J l z ll oBII oB I
ijLLNY55 zzL555 jjNN d X X d zCEZ0 mm ELZ 0 z L gZ g Z E2 gAAAA9999999 AA99 9 9 A A s! M2 M
aaaafjjjkkkklnqrrrEFFFFGGHMMMMMOPSY0144 fjjllllnnqqqsHNNNP kM M V k a kkz44 k z 4 Y jFR FR jkmmrxx0
jkkxxMMN00 P m jLNR0 jlEN R k aakFU l aa U jll0 jl aMM MM M 4 lozBDDDEELLNNN00077 NN BL00 z0 B L DNN
DD D D E zL lllsstttAAA l t j N llll lll A A fgmnnzzBBCCDDDDGILR4445566! nnzCLLL45 zD A A o o g 0 0
B B lzFMRRS2 zzFR mMR 1 DD D f B B D D j j rCNNNWWWWW C NNW N WW zzELL2 zzL z egjkqwCDDUUX0 wU jmq w
q DDDD DD D jjlqqCDNN jlN D q f eimooowyHHOOOOQQRUUX13338! msHHOOOOQQ133 OYY! OYY! egw g w 8 8 oD o
y y o6 m6 o X3 R U U U ggB gB 8 8 ! abefkmrwCFNW mD wX qD lwCN l aM k b b aajjkBJN all EL E L L
aagjjjkkI0 jjkkC00 aa a a bffffmmmnnooottuuuwzCGPRRRV19 nnootz7 bmmuuD bu R fR R d mzLR9 zL R w C st
st ff ff u u dddiiAAGOOO33 O OO3 O3 dd dd A iiyyyyyyyyGI yyy y y y j0 qF77 77 7 F F W 77 77 7 c44 j
j m m m c44 4 J S 4 Q 6 6 6 c 5
dddggghhhiiikkkkllnnnppprrssssstttttvyzzAAACEEFFKKLLMNOOOTTTVVVVWWWWYYYYZZZ0111223355556666668888!!!!!
dddeeiiilllrsssstttttwzzzzEEEEFLLLLLPPUUUVXZZZZZ55666 adggoqsstttvyEEKKKLNOVVVYYZ11122344588!!
ddfmmtuuERRVZ1 M m m mmm m m NY N t C sL L L oovEEEZZ EEEZZZ oov k z kk 5! gllFK02 zN2 lFFM ly D L z
z z ajsLN jjNN0 L lz ll z z m gklrzY3 llr Y q jjlR j lR r r m T T ppptt t p
adlnnpttyAACKMNRWWY011288!! lxDDWWYY stt r M l l jjjjD j j A FMV M F 3 art ar l ny l y kkFF kklFF
mpyDR14 pyDLRS14 q ll M hlPT P h aayKKMNNNW00 aaMMW NN0 K q z z s ggglmvvADKKKSVVY11112224568!!
fAE58!! D l LS S qD q v V 2 2 l g g kl222 22 F F l ll t z t D m m 6 6 jCN0 N 0 UUWW U U
hhhhkkkkkstCOOOOTTYYY8!!! k htOTYY8 Y hkkO OO kW kkk k aaghhlmtyMNOORRTTTV388!!! fhhORTT! hTT a y y
nt djjN! jNN d fmquR mm uR q gl g l lM l RT m aM M y hkkkkkwTUUXX4 kkk hT kkk k k C jnpyzIJLNUX04
jmnpwyzLN04 w w kk kknnnpprrrssFFFMMMWWW klrsFF s FF F p k k abbgsFNWY1335588! bbA8 mF F M Z Z aaY a
u buu 5 5 5 W N O jjCN j j i3 z z ahiipT a 6 sy6 kp 0 0 0 N N C s WW 6 6 6 6 6 00 0 0 j j j N 6 cc 6
AA A 6 A cfkllmnppqsttwwzzBDEIJKLLRSSUVVWXZ12589!
cccceeeeeffhiinnnnooooopppvvvvvvvwwwxxxxyyzzzAAAAABBCCCCDDDDDDEEGGGGHHHHHHIIJJLLLOOQSSSSSUUUUVWWWWXXXXY111111333444455566667777888899999!!!!
bbffiiiilmmppssuuyzBDDDDDIIIIKKKKLLPPPQQQRRRSSSTTTTTTWZ111 fffmmppuzzDDLQQRRRSTTW11169 TT iLTT i L Z
Z I I llK llu I D llD lzL z m m R L D II I D bcmuuxBV1588! c5 8! D m m z u uu g1 1 G
beeeffhklllmmquuwwDDPPRRSSUUUXXX2 fllllPS emmuwwPRUUXX ewwDUUXX m R ll u q wDUX2 wwXX2 kkkkqrtF15
kkr k q kkFM bfmRSS w fmR hklT0 l mDRU muRU l Q bimnnnnrsstuBIJNPPVVV5 alnnrszV mmmuuIPRR055 muP5
muRR zzLL 0 iFG i F llnqANQS bllqA p tt t 1 1 NT mmmuR mmmu j j u b b
aaaaaaabbbbbdkkkkkmmmpppqqqrrrrDDFFFFIIIIIJJJJJJJJJMMMMMQQQQQQSSSSSTTTTTTT
aaaaaahhkkkqMMMQQQQSSSSSTTTT k Q bkpp l u k p b M k S S Q IJJM kFQT l mJJ JJ m bbmmmqqqrrDIJ pqq l m
m Q mm abkkkmmmqqqFFQS bqqqqFMNN kkk m m q kkk aakllp lllM kk T IJJJMM JMN MZ M J lF l F ilqq144 q
11 l DM2 q z z aabfjjkkmnsuMMNRV000257 aaijjkMNN00 nuvV05 n5 9 jrrM MN rr o7 llls s lll 5 D D fkllqq
ll k q R R jj0 jj00 fmuw buu w 7 7 eeegkpwwzzzAKLLLUUUXXZ4 eeewwwzzELLUUXXZ zL 8 kk k A A
ggnnnnnnooooopppppprFFFGGGSSSSSVVVVVVVV7788 oooQSSSSSVV FF FF p ggpV8 p g 7 GV
eeeerrrwwwwwIIIIJJMMMMMMMMMUUUXXXX rrMM ewwIJJUXX wIIJX J MM M eeewwwwX XXX w w vEL LL MMM M M MM M
IIU U I wX accgjjnnnrrvyyzAAEGHHHIIJJKLNUUWWXZ01145889! acjjrwzzELLU05 kwXXZ119 149 n L z jwQ0
arrAAW0 arAAW 0 Z 8! ! vvAHH1 A v H jjppNNN NN jjjN gU J z NN0 00 N ny y T h
cegjnpqsstttBCCNNSUUYZZ1224459! jjjqqqstzCDDDLLNNNTU pZ22 wLU l 5 N kl N 4 ltzDSS4899 lzDSS99! 4 k 4
4 dgPR P gmwBS1114 gwTX1 u M Z 4 q fl 0 z z jjlmmmqqtyC0 l00 jmm jqq j m np U S S q q y0 0 Y Y B B c
ceemnwDIIRRSSUWWWXX1458!! eekkwzWWX45 elmqwDIRSXX ewwLRX lqD I LS nppRU1 l RR m nUWW UW n 4 kr r gI
I uB lqzR 1 1 aacggklnopqrrrsstuvvzCDEIIKKMMPRSSVWY22455889!! ackkllpppqvvvvvvzDFFKSSUUUVVWWW222449
fgmmooowDKR1122 ooDDGKTZ mm jjjuyyPS244! S ER jy44 buP22 z8 j eklnnnpps14 eklnnnst14 ppppp
aaajjlllllnrrruzCCEHLMMMNNNN0005 aajjlllllllrrrEEMMNZ05 C jMNN zL zH11 rN uC RR R R cggzDIILL44!
zzLLL148 fm n c klzIN l wz kM nrsttCCCNNN000 tCC 00 rN z uxB D B 8 gqrCX55 CP g 55 pyzBBFISV zzV
fqB0 I S w l z K! K J I bbdeiiijlmmsstuuDDDDFFIIIPPQRRSWX1 eiimmmpuwwwDDIIRR bjjkkllqsDPPW002
jklllqqqqPPP022 fFRRS bbjmmDDDD DD fl n n uD u bm m b FF FFF d d ggrwEO12 gI LL Y! 2 h h qq5 qqq qqq
cccmoqssssttttvvwACCFFGGGGIIJKLPRUVV3444555 ccffmmmqqstzCCCFFIIJLRR4455 uvwwwGGKRUUXX GR wUU l l k k
qqtFK qqD m RR K AAG11 AAL1 z p p jN m uG5 uu l l st t annpqqsssttuxEGHIIJMRVYY125888!!!
aanrssttuuyzzEIIIJLLMRZ nqzHHY08! 8! q g z kkMM kkMM m npqqtNY8 t qN0 p uu u WW11115555 l55 11 5 1 W
G48!! H k l jjJN00 jjN U j f f w m8 fmD fm lR l mmpppwX4 kkln mpR s4 j N X Y p
afhklnppqrrsxxxzBBBFKKLPRSWWW222377 aafhhhhhklqqrrzSSWWWW277 mnzzDGLPRS2 zzDHL2 d m m zz fPS l
wxAAIMRUUX lwxxAIUX aM w k l W U isst8 ilt s 8 mwBBBO wwBBBBDLLU N mm f uuDR22 mDR2 R K K p3 p kppN
N zzL zLL zz UU UU ll ll fffk ff DD DD qqF qq F bffffDDIIIIIPQSSSS bfSST S jl jlN SS S P DI I
bejjklmmppuuuxDDKPRSXY0 jwS mu u U X jllY llY mmDR mR m w p 1 iBE189 B1 1 L ffffuuRR8 ff R R u R
cccggovvvvEVVVV2244555559 555 ccggvvvEVV5 cvv2 g 5 44 4 V124 V 2 4 c ddelmmwwxGJJKRRSUUWX4445!! dR4
mKRRSS h R R S U llx llx D! z U 4 w DD D k P P R44 4 4 qq q q m m m 66 6 6 aM CCCC CC ddu dd
bbffffmmuuuy ffffff bbbmmuuuu bbbmmmu uu p p D D ss Q eewXX eX ehwwUX h h w w U QQQ Q 44 4 Q JJJJ J
J ccc4444 4 ewIIIOOUX I w w IU w U S TTT TTT II II S o 666 6 66 666 6 6
eeeeehhhjjmmnnoooppprrrrrwwwwwxxxyyyyyzCCCEEIIIIJJJJLLMMMNQQQQQTTUUUUUVWWWWWWWXXXXZZ00111577779999!
erwxyMQQQQQTTTUUWWXX aeefnnnnpppwzzzCCCCGIJJJLLUUWXZ1 ennnpppwwyCGIIJJRUUXX 37 a z z 0 0 z z hhzzQ z
nZ Z pU R U m4 l m4 C J J z J U w L L T jMM M j eeeeeeehhjmrwwwwwxxINNNQQTUUWWWWXXYZZZ
ehhwxIIMMMMMTTUUUUUXXXX9 f f ewwwQTX w j j wwyyZ y y EZ w NUXYYZ z x YY N jjmmwN mm jN rwNQW rN wQ
qwW m qZ ZZ w w aehhoorvvAELLUVVV111 eooQX aa a 7 7 L LL w r V GG G G wMMM M M j j h MM M
fmmoopppqrrrIIJKNNNUU0 mmIKUUUU rr rr oR o pNNN N r 0 I I qq q q jj j hhU U TWWX eeffnnwzzEJLRUX0079
ewUX9 R L L n j zJ z fI I 0 lq l 7 yyC R nnpp00 0 WW W hhh h CCCC C NN NN T9 T JJ QQ Q Q U I I 9 9
aaaaacccdddeeeegghhhhhhjjjjkkknnnnnoopppprrvvvwwwwxxxyyyyzzzzAAABBCCCCCEEEFFFGGGHHHIIIIIIJJJJJKLLLLMMMNNNNNOOOQQQQQTTTTTUUUUVVWWWWWXXXXYYYZZ000001112223334444455577778889999!!!
aaaaccdghjjlllnrrrxxyyyyyzzzzEEEELLLLMMMNNQTUZZ0224444455777
adeeeggghhkoopppvvwwzBBBCEEEGGGHHIIJJKKKLOOQQQTUUVVVVXXZZ011223457789!!
ehhhwwwGJKKKOOQQQTTTUUVVVVVXX0389! np7 p M 7 gj Z w w I4 IL pI U U E5 5 E joBW jL o B N v z
jkzzHLLLNO0779!! jzzzzzLLLN79 L7 EEE H U k p E Y2 X X 4 L vwzzQ L zz hwzz nzB2 nIJ z gggkHUZ115 zZ
gL U H11 g gp 2 Q h aadjklnnoppprrryyzzAABBEEKLLMMNNOYZZ1339! aejlrwwwAAAEENNUWXY38! p p z z l l no
k k T T 4 4 IMO0 N0 O hz h rBBMM lBBBMM0 j x7 z z jyL0 N L y p n p z ZZZ ZZZ l y OOO333 3 O
YYYYY366666888!!!!! 2! 2 YYY YYY z ! ! Y Y cccceggppprvvvwxyyBCCGGGGHHIIIQQQUX11112555
cpwxzCCHHQQQUUUU I QQ w w V A A C ggvv5 pvv5 l L g rr g npzL z L p HIL H2 I d CCMNNNN C MNNN M j j N
ajjnnoooppppppvvyCCCCGGMNNNNNN577 NNNN7 pp5 p L ajjjjooMNN jjoN M j ppv ppC v pG p y adhkxFFIITUX044
kxxFIT k x F MU44 M N N lz lz N jlBN0 0 B z l l aeeehhknopppvvwwwxxyGGHHHHHHIJNQQTTUUWXXXY003899
ooopvvvwGTUUXYY79 N N w w n ewwX w HH H p HOX HO axWX aw jF0 z W hjjknxxzLNT0 w C L x jzN0 4 H N
nyy0 y w L zUU U z x U U v v H AAAA A A ehjkkwwCJNNQQTUUX00 kwQX w LN z jz4 W ajnnnpppzzzJJJLLMN
llnnnJM ppzL z p pp pp zJ z hjkkkzFIJNNNQQTW000024 kkMMN0 4 h0 0 hh jzN I z N j j LTT TT z Q Q
hnnpppvwzEGGGGLVVWWYYYYYZZ1111488888!!!!! wGGQTVVZ L 8 8 n n 8 Y 4 4 vJZZ v jpzzM28 zL j U ! zIJ C
y! y ! wYY1 ! 1 Y p p p 1 1 jwCNX0 j0 j0 AAAAY1888!! AA!! A1 Y! 1 88 hhpCGGITTT hhTT G C hhTTT h
ppp0 0 p j hhyy hh WWW x9 n kyyy k k y jj T ny4 hhT h JJJ J I 44 J Q c A
aaccefhhijjklmnpryyCCCFIJMMNNTUW0024459 aabbdddffffiiijjjkllmnnoooqqstxyyzzDEFFLLMNNPPRSSSU024777
cceeggopwxyzKLLOOOPPUVVXYYYZ2234555889!! bbffhhmmooqqqDDGHHOOPPSSTUYY0033888!!! aooMVV7 a M JY Y
ejjMUU M 0 k NNN00 N zUZZ LZZ 2 U pqtzzIJ z zL p yzB gL2 xK28 K2 zL x zLLZ4 zLL zL4 Z k aqrzEY445
EEE q N0 zY z yyI ccclxR04445555 cl45 l 5 4 mppN mmuzP p N wy L lN 00 k z hrF mrF D glL gg z L ww U
k N U ajjkllnryyCCCJMNN4 jllM ny y N l N4 bhhjnnrstuyFMNOOOOQQSUXYYYY13333448889!!!
fhkllnpqqqrstDDDOSSY3899!! lrst l LTT zL TT mF U mF UX ll N apM l bCCNOS NN O b npLL zL n p auCIM C
q u xY LY3! L j j 4 uyyFMT44 kMMT 4 LU L jjuNN004444 jquN04 0 NN 444 bbbqN bbfmqq k b flyUUU jq ll U
3 D jjp j j X gkoo k g o d1 X aM k jnnNN4455 5 5 4 R dgPPRRRRRRRR3333 PRRR3 PR RR RR RR3 R
abceeggghprrwxBBEGHHHIIPPQWXYYZ112455588! ppwxxBDHHTTTTUX4! iuDT u buux u ekwwX wX wX k lzR lz R q
klIJ jjjoNNNP000 jNNN0 j o 5 0 zLZ Z pG G wMMM MM aaanrrrwwHQX55 ar5 ar H jY j Y apBBDGM l gjHMN M r
BB I1 G4 qE58 EILZ nY q 5 fCCNP C 0 jN ff IP P j j u u 1 mDRRS mRS D h h eeenpwwwwwUUUUXXXX00 ewX pX
p UX w wU prrVV0 r zV V bbbbdddfffffiiiiikkllmnnoppppqtuuuyCCCDDDFFFFNNNWWWW0000027
dddfklllltCFFFFN0002 fimmmnooppuyDDW moppuDDD0 j 4 m N 0 aajjjkppqquuFMMNN aajjkppqrDN b j kM juu00
N bjnprW b pr bffmpuD mpuD f N b u l k0 7 7 l p p ccnpppyZ4 cp Z ewJQQTTUU T T UU U h
behpwwzzHKKOOOPRSSTUWXXYYY233788!!! hmmpuwDDOOPPTTTUY3388!! jzR jzR lRS R D l LR0 N0 R jwzNOY jw ! z
N Y z z N qwzHKK q K lH ln77 7 bSS SSS b bmP bmmP l wTU T ll l X X h j u u u fffjjklrCJMNPP0
ffffkllMPP jjNN j Q ffjkknstyyyyDDFJNN0 jlnnnyN ptR p kN 0 0 m fDD f chjmnppwzCEGLLQSSYY447788!
bb477789! LL LL Q m l l R SS SS Y L z Y Y kpyzDLNX016 kpyDJNT016 q q z jz0 z 0 N myJ nu ixGOYY38!
xY3 x l F ijjlllyyyyIN hlllll yB j y j t6 hsyyyTT99 kppp000 p 0 0 jj N qx9 hqyF9 WW fhhmC y9 pC0 0
jN N s 44 JJ SS S JJ II I J ccc44 c 4 y h J ccccc c cc 9 9 accfhjknnyzCEGIJLMQRSW01445
aceeehjjkkllortwwxyzzCCFFFJLLMMNQQRRRRRTTUUXXX004456666777 bcegmnpvvABBBDHILOVVXYZ223458!
emnwwzDHIILRRXYYZ1444! nopM o V4 L i i 22 L qBBPRSS vSS q RR Z EZ lBHHL44 4 gH lM llqDL lq LL D l
abhjlxBO0 llllxB0 lzK jjq BBNOO a0 kN u R hIT c c tzS rtv l czILZ5 mIIRR LZ z c puzFLN0 FL 0 u m 2 m
fgmoyzDEEGGHHHKLLPWW1111777!! ff zL17 7 lloyG1 1 o llyG mLY m g g zH H z m mmq z L fR f R
bfnnpuyzADEILMNPPSTUUX344 fllqqzDIWW44 jjmuNN000 jjNNN000 lmu T nnM yy j r r 4 k! k lzzLLR R z lL z
bmuxzzLLPPRSX rE z L zzL x a bquuuDDPPQR z L lmppyMN kq0 lN L pCN TUU4 R UU aawM aaMM BB4 BB C w 8
gg222 gg222 gg222 ssssstttt st st bcmmnnnppryBHKKQQTWZ2 hHTTUW QZ1 Z V bmpprQQT mr pT w w kluZ k P
uZ 0 rvyzK vK m y nnn r w lmnn n m l kkkkR2 kkkW RR k N N eww eww w A115 1 A w445 5 z
djjkkppqqqrrAADFFFNNO0003 pD000 0 jjjkqqqrrFNN qqq j rrF k0 S0088 8 8 lmqwDDHHHIIOOOOQUUX333359
DDIR39 jD a UX U w q 1 1 H fO O f klu H B u O U3 z l mmR mR O HN O H lxx xx lR R q q U U Q
fjklmpqquzDDGLLZ zZ z j k Y Y z z m m uD u mR mR q q LLL EU1 lJ1 llJ jk1 k oovvzzEGGGGGGLLT24557!
hGGGGTU11177 zL z L m m R R mm mm z2 zL 2 uLS L R uu ooEZ oEZ zWY! z fY! p jkG vvy y vv np w w 8 G11
1 ppQQT QQ f mmmuyC mm mm S S nnpp n jN0 0 j fqqqy F f ff FFWW W F F hh T T c4 JJ S I I J I hhh 4 y
o ccccc c 6 6 6 9 afijkklmqwzCCFGLMNSTUY004667
aabbccccddddggiiiiijjkkklmmppppqrrrrrsssttttuuvvvvvxxxxyzzBBBCCEEFFFFKKLLMMMNNPVVVWWZZZ00022444556666699999
bbceeeeggghnoopsttwwwBBBCCEIKKKKOOPPQQTUUUXXXYZZZZ011237 efhhhmopssvwwCDDHHHJKKKKKOOPQQQRTUUXZZZZ02!
oprBMM7 pp B M l l kkuu kk uu mX0 glBOZ Z l gzL zL bnptB b eT wyBLY2 yL B22 Y guuEFY luuR lzzU7 67 2
l 0 z xxzEKY xxzKL Z E Y z yUU U mCCR CR Z g m 2 r gg x fkFS FF II I J J gV1 g w kxM
bffllqquuvyzLPRR448 f4 4 llqq4 llq uD l D bmuvP v muuP q y
aabbbjjkknnooooqyCCCCCDEFGGHHMNPSWWWWYY1112477888!! aajkkkkllllFFMMSS czCDGHLZ147! czzGGLLR4 E
aakoorHMR01 aajk004 F1 kuH allorrMR j EE E boouCCPW2248 zACC22 u o jCYY jC n bbbmozDR188 bbbmDDRR z
jqKKN0 0 jqN j j nL n YY Y W bddeehiijjknnpsttwwyDEEFIIJJNNNOQSTTTUUUXXYY34778!
eejjjnnnnqqqstwwwDDEEGJNNOQQRTUUXX33377 t h h N0 M ap zLU LU T T yY y Y DYY4 D yyyT yyy kkkpppxKM
kkpppMN K H t t bmxFFP jk blxP bjmF bmmm l z l R dI4 d N kk k ll ll o o kmqzR
ggggkloorrzzBBBBEEEEEEFFGGHHHHHLLLNOOYYYYZZZZZ11112233666678888!!!!!
gjklllrrrzzzEEEFFFLLLOOOOZZ2222223333566666 gozBBCHWYYYZZ01188!!! gggBBBGGHW18 zzLLYZ C0 z
jkFHHNNNYYY018! jH Y4 F NN0 lN zzBEELL zBL E zL zCGH11! z1 zzELL zzL q lq ggDHHHY188!! HH1 YYY! g 8
g akrELN al EL L Z mouuC1 u OO3 O3 6 6 uuNRRRRRRR6666666 66666 uuRRR uuRRR NR0 j N0 Y RR RR
beeeefginnwwwCEIJPQQQQSTUUUWXXXY1558999 wyyDDEHUUUXYY1111899!! IQQQT QQT efkwRXX w kk fm m u m
aJMQQQQTTTT aaQQQTTTT MMM M w w g g e X ewUUX wwU 2 2 lnrwR lqDR n r cjjjuuCE000455 cuvW4
jjjmruCE00055 u q jJM I D zLL7 7 zLP u u 44 eeeowwwzLUUUUWXXXXYY7!! ew wX L ewxUXXYY! ewwxUX YY wX o
LU W adjkkklppyAAFIIINTVY088! ll zIV V zz A8 A8 YYY YY dp d wz aM M cM00444 c c 4 a0 0 a zMR zR
xxxx4 xx 4 l dddddikknnooooppppqqrrsssstttttxxyBBBCCCCCCDDFFFGGGNNNNNOO00037 ddddkkssstttxxxCCCFNNN7
nnptBCDG0003 BD0 oo o ajqrrsyFFMN jjrN M FF o o lC C l N pBBD BBD N 0 kk k pp p GG
eeeehhimpuuwwwwBBBDDDJJORTUUUXXXY2 effmmmuwwwBBDDDGGRUUUXX12 km k N jwwX MX j p i qBYY! X BYY R z
gguDD guDDD n n N00 wTUX m hX lll lll hq h RX R w ll l xN0 x x D8 8 D 9 q 9 9 N N
aaaeffgjjqqrrruxxxCCCGHJMNNPPRRS0005! ffllqqquxCCJJP ggpvx v aM a M zD! zz M jj 0 D erTUX0 j U wX
HH55 HH 55 p jkM j abbdffikmpsuuyDEFGGIPPQRSVYYY888! adffffiillqqqqyMNPPP mstuzLRV stRV z L
bbmmmmuuBDDRRR bbmmmuuuuDDDDRRR0007 BB lmq l mmR YYY YY EE EE lDDGILY DDGI l 8 muRR uuR m muISS uR
SS flqq388 fllqq 8 p zzGL! 8! zL u cnnppwCCDISSXZZZ444 jwJSXZZZ9 n n m m S S CS C l bc bc m D D z z
p p pwTX pp w fmquR fm u u 0 0 iiAAAA AAA u ffffjyyyyyzzzAAAGHIKKKKLLOQQTYZ111338! hhKKKKKQQQTT
ffzzzLLOZ3! fzzzzLLL 2 Q AAALY11! AAY18! GG H H jp p kkDDDDFF188! mDD DD 8 hhhhTTTT hTT R R R nnpp n
0 N0 N 0 N N R R R hhmqTTTT hTTT m m R R R WWWW WWW hhhhhsTT99 hhhh T s N fT hhTTT hhTT JJJ SS S U
II hhhh h J cc44 y y S S cc c A adddeffghhllmmmooppqqstuuwwDDDHKKMOQQRRRSSTTUUWXX122355589!
bbeeeegghiimmmmmmooooopuuuuuuuuvvwwAABBDDDDDDDGGGGHHHHIIIIIKKKKOOOOOOOQRRRRRRRTUUUUVVVVVXXYYYY1111112223333333678888899999!!!
ddlprrrrrruuzKKKRSSSSSSS16 puuuR1 jlz z rrS r S rrrSS r rS S S effhhmwwAGQQTTTUXXY!! zOXYY! zOYY! yN
wQ Q w mN mN h A A fuRUX U fR u G8 bfmqrrrsQSS000 S RS R DD D kmrrrT000 rF000 m rr u R R R
beeefgghhiiwwwQQQTTTUUUUXXX8!! egggijlwXX2 btwwQUX 8 w b X iFF FF fkzNX lz ku X ewwX w mAU A U U b k
m ! ! Q Q aaaaaaaaaaiirrMMMMMMMM ai MM M MM M aaN aN aar aM rFM llllrr l eejjjwwyyCJLMNNQXXZ01
eeijjwwCCCNNXXX wRZ wZ N0 0 oR o R U6 6 UU U y hkknnpLLOTWW Z WW hO ppppppppqqqqqqsssssttttORR pRSW
p p p lpqs l qqt q ppqsR R p pppq ewwIIIIJTXX199 ewwX pI1 1 IR II X X 9 egjyyzAGGHHHHLOOOT2488!!!
ggyyMTT vH w j lxO A O x ! zzHH HH jz z N7 lz lz N pO8 8 wX wGG88!!! 8 w cfiinnouyyzDGGKOW34578!
fiiloozTT zOZ44 z Z 4 jlyyN j y l hnpL LL R p0 pp l G jN U dkkuF d U DHKKO3 DDH KK Q DD c48 u y
abeefjjjrrwyyGIMMNNNTUXX000! aaeejlrrwwwwNNNTTTTXX000 nVYY IYY ll mmmqyz z mm bfuwIQRR DR RR M buw
st t l9 9 N jqq0 qqr z m z GGW W abbfggglpqqqsxxxyzBDEEGHKKMOPPPSWW022458!
dggggijkkkllllnnpqqqqwxyPPPW002225 ffmmCKS! ffCK uF b aaqDMM! aMM o bjmmzDDRRX02 llwDDDIJRRRR3 HN 0
bmmmz gBFFGHLLLO12 ggBEFFOO22 q H R fnDEWW9 DDW u YY8 8 YY pqqqstxD sx D qq D DD w 4 flqxzHP fflq x
z HH qzMNRR qq R c444 A A m m aaaaaaalllnnnnnnnnooooopGGMMMMMMMVVVVVVVVV22677777777 VVV777 lV l 6 M
m6 lzz2 z lz lnnn ln l77 l anMMV MM a a aaaaoMMM MM o aF F 7 aaajjklrFFHMMMNOSW3 aajrrFFM j j lll
lll u l l D3 3 DNNNN N N R5 5 R R abbefffjklmmuyyzDDLNRSSWW002239 fflllmmmuuzzLRRSSSS2 mLRU3 mDE U
zLL afMN00 aDN M M lDDRW llDDDW jmmR N N quwX9 wz mm X 9 u q lw l k flD D AAU3 AA uR R fDN fl jjqD0
jklqL qR h44 bbbbeefhmmmppsuuwyyFHIIQRRRSUX59 bbbbbmmmmmmuuuuuuyIIIIRRRRRR fH O H llUU lI U 55 A5 p
X X wLT wwQT p DD effhhwDQRTUX SX w4 hT RRU ffD x4 4 T T ffknooopwyzHHIJJJOPSUUX01134 agllJJU oHP P
lxP1 lx1 U yDLOS1 mpyDLS1 O oIJ I ozH4 HN1 X mqU U q m nn3 n yyyD yy TX u u
aaaadddddddhhhhhllllpqqqqqquxxxxxxxxFFFFFFMMMRRRRT2 aaahhuuxxxxRRRRRTTT h l h MM M add X l l ll
lxxxFFFF xxFF ll F q q llqqq lllq lq lq ddlqqqxM dllx q uR qqq q MM M eeehhhhllwwwDKMTTTTTUUUXXX
TTTUU hhKTTUX w T hh fjllMMNT llw M jMNR emwX w w w wX h T h h jlllllovzEQQQQQV2! lllll2 vQQQQ Q Q Q
Q l ll zR E Q Q cc7 cl qqBHH45! B q q H H hwwyyHTXX SX X S w w X X H k 6 a ddddd ddddd w TUU T 4 T 7
QQ wwJJU J w w U Q hhwTU w U o 55555 5 5 6 aaefhhjjklmnpquwxxyzzBDEEIJJLLMMNNOOQQRSSTTUWWX02239
aaadgjllllrrxzzFFLLMMN046666 gggppxzBBBBEEEIJLMOPZ122239 xEUUZ L zLL zLL E gggDM2 2 l BDM g g lpz z
U ppzR B lBBO L zBB l Z2 L nqquNR0 qqJ mmzMRRR n l qLPW qqLP z fklDN z24 zz R u F F F z
ddfillmuzzEHHHLLMNPRSZ3 djwHHHSS ln j j N MR0 0 R zzL L z luzLLMS1 llM u z L SS l l d d
ffflmpuzDDPPWZZ ffflDDDDP z L R m u0 z p R R N q q kkkkk kk k lllqqOOYYYYY6666888!!! OYY8!! ! YY Y l
l 8 bppxDKNQQU12 pxz D bkJ b k jjzNN j L z N L2 2 wwQU w X X D D w w w fhjmqwyMQTTUUX06 alll0 a l T0
l lllu lll q u U rQQ QQ hyDLN0166 kpyDJLNT016 q eehhquwwDHQQRRTTTUUWXX34 D139 QT w uRX b w w L R l p
OZ Z lN U Q U mzR w yR m muuR muuzR U w lq fqD0 f 4 oo o qqxxx xxx qq U U S S T U
klpppqqCCDDDFFMNNNNN000000777 NN007 qM0 qM N N jjkM j M l p 0 D q q p beefhkquwDEPQSSTTTUUUXX0
hhEIQTU E hhTU Q ewDDRSTTUUX T eT R D w U w l lqzDITUU DU zz T I w mqD u abfhjkuzP0 h P 1 u u h l w
QQ Q TTT lN q z z e S gmpppwwzzBDLLSW2 pz mm m L L uX L fmuD L z lzS U U x x ap l a f f f myR mR mR
npp p jjNN00 jjjN0 x WWW WW xP x x JJ J S J h hhh h h X X AA A A
bbcccccccccffflmqqquuDPPRRVVVVVWWWW5555555556688888!!!! cccc55 cccVVV55588 5 WW 8 W555 c5 5 V55!!
bbffffllmqqqquuDDPPPRRRR25666 qP kllDDR6 k l l bfffmquuuuDPPRRRR bfmmquuPRR m m P R uuR fDDD blmmm
qq bmm l R 5 f f W W aabccdefiijjkkllmmnqqrstuuwwyyzzACCCDEEFIIJJLMMNNPQQRRSTTUUWWXX00244599
aabccddddfffiiiiijjjjkklmmqqssttuuuvzzCCCCEFLMNNNNPPPRRRRW000445577
bbcceeehhnuuvwwDEEEIIKKKKKLPPQQRSTUUWWXXXZ0159 bbffmmuuyACDDEGGKKLRRWZ009 anMV U Q w ekwTXX0 0 0 k
zK K qqsEK E 4 4 jLPU46 mx16 P R R0 m 1 fqwwzLUX fzLU L bq zz6 w dI L q z mv0 mRR0 u m0 m0 z f ekl U
l kkFJ huuwxTU x QQ huUUX U R w w kEFIJNS z E E N j 0 X X flmqyD y lmmD5 l 5 q m aackknqqrDDMN
lqDMMN2 u m i kr kr qN ll ll M M bbdddeefffjmoquuwwxxxADFKKNNPPRRSSTUWWXXX2234
ffjjlloqqvAADDDDDDNNOSS0039 lsS SS l l w w D bbkmuMPPP D R bbkPPP dewU l allFRV lR awR R w K K kkquu
q m k uuu UW z z u R X m nw nw R kowwzKMM kkMM zz qy K w w o 0 l l l jjqNN jqN hmuuPQ2 jmmqQR 4 u u
q02 fjjxR44 jj f 4 N k C d X iF F y y nR mz z lN lN f R ijkpp8 p j
bbcdefinpuwzACDDGIIPPSUWWXZZ115999 fppzzzAACDLLLS11 lmuPR fmzR T m l lD k R T l l 0 u nS S rwwMMX w
N09 aw9 z S9 S9 qzZ Z m u jjIK0499 99 ajjzN00 z mmuR R m L LL mqC mR jNX q X xUW R l0 0 w nppprrzUUU
ppU U U m rr rr ajkpprwCCMNV05 lln LV5 V 5 L L jN04 4 C5 C 5 pp p l l ckL44 N N mqMQST4 llM mD4 D
fpq R klCCNUZ0 kkll 00 00 jj jj qC adhhmnzDDIJJJLMMQSX223 mmADDEGRR23 dS rP qr bfI b M z 1 qq q U l
l lpwyzNU4 ll z wN mQ6 m l6 an l l u l l NR u N l RR hk alq M hl l2 l2 hT k U w w l z R R
ffflmmpqqruuDRRRWWWW2 mt f m fqW f u llDRR2 R l l2 ajjqtzCDJNNPU02 affllqqqJMP2 tz t mL m z D UX
uDN0 DD uuu bjklm0 M kU l jkkqsyDIMNNPP kklstNN EZ DEZ P jkquNR mNR ls fwX wX 4 m l p z Q
cehjwwzLLMNSSTX44 hALSS WZ Z jjwUX j MM M wNN N SS SS 44 4 k j k LL z z L p npw w ik k aaijllIKNQQQ0
lllK j dkQQQQQQ Q QQQ Q fPPP fDP P P bbhhhmmsuuuyTT bbuu m m T kFFF00 FF 00 0 0 jjC fqxP qqqqCF79 q
F 7 7 q C C FWWWW WW bmsCTTTT99 bm b CC ff myCQQ 0 jN 9 kk y h JJJ SSS S J I JJJ cc44 4 I h X ccc AA
A A aacfghijjkkllmnpqrswyyBCCFFIJJMNNQRTVW0024
aaaabbbfffffiijjkkllllmmnnnqqqqqrssttuuuuyyzIIIIIIJJJJJJJJLMMMMPPPPPPPRRR0022
egggggnppttvvvxxzBBBBDEEEGHHJKLVXYZZZZZ123447 ggggggpxESTTTX0222233 nnz zz BE E Z Z wO0 O i qq qq LZ
Z n l z X g apzH a pH D wCL0 g L w z gpqxxzDV ggLV p zz t t zEZZZ zLR E j l l z4 z 4 77 77
kkkksssDDDDFFFFMMMMPRSS m m D kkkkkDFFFFFMMMMS FF M kDMM MS k l F k DD P P b lu u m S j j m m
abbknnnnppuuxzzDEGHLLLNOOOOPPPUUXYY333388!! aaabbbhhjllmmquwxS3 nt n l zLOUUY U z l lnnL lln n7
fmDDN N D f u z z kk k R R L3 L nnrzL8 L nn CCL CC L1 g z S L fkpuHNP0 jjkpuM N H R u f ss s z qDPQ0
juP zNNX4 l jzL z lppR lpp RR z l uuR u mm m uu u u iiitt llvvvvVVVWWWWWWWW11113355555558!!! l555
vV118! 118 v! vv5 v5 v WW 1 1 U U WWWW W W 3 accinnpppxzzzAABDDEEEGGIIKLLPWYYYYZZ11223445558889!!!!
cpppzzzzAGHLLTYY349 pzL L kkD l kkk jjx0 00 jlxN aaakMNT akM N afjjjlw a j fkllq jj w L F F L L jN0
z 0 r r uZ4 mt u u4 lZ D4 B l lq N1 1 N z lmDRY S lMRR4 mm zz p p c5 c P P fm ff mm Q Q rrrrrwNNNN
rrw r r r NNN rNNN aadddeeehhjjjjjrrrwwwCCCCJNNNNQQTTTUUUUXXX0000 jjjlNN0 vJNUU007 wU0 j j U7 ejrrU
ejX errwwQQXX ewwQX rr N N j dF F awX L L 0 TU U h h aehhjrrwwCCIMMNNTTTUUUXX hrI I r XX X j NU U w0
00 hhjwzJRTX l l fX f k k R eewwNUXX M wX w bbbkmpuxxyADDHHNPUV35789! buDDDHUU389! ruuu uuu wQRT w
mR u u U p p y mq m jjNN0 jNN00 l kmmqxP0455 jkll05 bmmP qq anMV M fA N A fx f x hhhF h
akkwDDJMNQSS0 0 0 0 00 jkN k jN U U D f k S blq blq l b ewX X X wU
ffjkkkkllnpppqqqyCCDDDDDFFFFFGGGMNNNNPPPRRRR00002 llllFFNNN022 ffppppDR0 pppp jjkkqqFFGGMPPP jnqqR
kFGM P fflqqDMR M DDNRRR DDR R N D D y p p adeeehhhhjjjkkklnnprrrswwwCCCDFFJJMMNNNQQQSSTTTUUUXXX002
kklllllnnnnwCCMMQS epwDDMQRT mpppDR04 M ll m D wT aajkprMNS4 jqRS0 r N j aM zD M p prDT hnpT T jpU0
DR U jj0 wzNR fDD jN C FQ lJ lJ kwX wTX wU m Q Q bbcggmnnppqvvwzzDHIL22 bmvvwDIX R R k k gz g z b b
q LL L L pDD p D z 4 p fu q qqz qq mw2 n n np n wCCNXX00 N wX0 w U TU T lxOOY3 xOO x 3 D D
ggjkprxxxBKKKN24 aKKK x4 4 x r r ggxB24 ggxB4 l l yyyyyyyyyQQQQQQ yQ yy yyyQ y y y y yy y R R R
pppF0 p F j j j x qqyCF y F F a a W W 9 myyR9 R yy 04 0 jN j N uuTT uu uu T T r n4 SS S cc444 c4 QQ
TT T cc accfhhjkkllnpqwyyzBCFIIJJLMMNQSTUWX002344567
aacddddffffhhjjjjjkkkkllllnnpqqqqrrrrrxyyyyzBCCCFFFFFFJJLLMMMMMNNNNNPPPSSSSWWWW000002224666677
efggmmnnooppstuvvwyzABCDEEIILLPPQRSVWXXZZ011245 fmppssuvvwzACDDDDHIJLQRRRSUVV000 doopp7 p p d lM l M
u0 u 1 gjkn gk jj zz z lI I l wzCX z mqyN R m zL L z gzEELL1 EZ u zM zzL X L B2 L z LL z lmvRW4
muLRR S f m jly zI mzzIR fyDPPPPSS ffPPPP S D y pL zL wT pR U ggoZZ7 EZZ g ll ll l c
aabhjknnqruuxyDEGHMMNNRRSSTUUXZ0477 akkmmmqrtuwxxxxDHHMNRRRSSTTX0277 nrsS b0 0 bb llN lll N anopp a
p jBBGN B jN np k wUU U a hwzzMS hz z S w kD EU4 l E L fkmqzzDMN1 kkkruM0 u R m 5 f z z q
ahluzzzLLLQ0 jklllqzM0 00 L j z z u zL juZ4 juR 4 jpyLNWW jN0 L W p qZ Z q UU U u u T YYYYY YY Y YY
YY ffPP5 5 ffPP ffP iiiiilllsssssttttEEOOOOW3336668888!!!!! iiilllt sstt38 tt ll lly8 lls l pyDL1
lE88!! E8!! l l OO! O 3! 8 beefgjmopqwxABBCDIIIJLNWWXYYYZ012599 ennpwwBBBBBCDDDDGGIIIIILUUZ111999 L
L l lmu uR uzzLNN N zzL uu bppJMMMM MMM pp m kk l N qzz4 L 04 z kk0 k z z p M M jkzJLW1 jkz JL1
jjjmpCCNNN jjCCN p q 000 y lD l lIRW22 W ll2 jjkklllqqFFF00 m jjkklllqqq002 FF w w mR4 R xzY zz M jN
T fD fW ff f bkmuDNRRS S mR N R U J aaCW jwMW M aa aa pwQ h h 4 nOOOT3333334 OO O lF l 3333 3 3 k c4
ehwQTTUUUX wQU j X U eehhmoppuwxBDDHIIJKKQRTTWX1122 hhlllmmpuDDDDDHHQRRTT22 S mm m aaMM M p I OO1 O
zT z pSW o U l jkzQST02 kS mu f muR muuR fyPP P w y qqxxxR R qx Q B B w X
bdeefjmmqruuwxDKKPQRRSSTUWX666 bfkmuDDKKKP uDDKKK R U6 m fm u x w U U aeffqqNT0 ffqqq wS N X lmuC u
mrDN mD r Q6 m SS SSS l j affknnnqrrrvJJKKKMNOOPYYYYY0033333333888 ffffkllllqqqJJMPP00 vK33 3 k
npOOY3 p33 O 33388! 8 3 nnYYYY3 YYY3 r r wX 3 N 3 K K kkllnpppppppqyyyyyCCCCDDDDDDDFFGNNNNN00000
yyyCCFFNNNN0000 pCDD0 D jjjjjknqqrDN jjkqN r lN j pppDD p l D l l lDDD DD l N pp p p p p
beghnnnopppvvzzCEGGIJLLPZZ112 bhpzzzJJLLQT7! z nnyU nn UU LL zL pSS2 SS vE1 v 1 gppBC gB p p wzTX z
luC kzCCW fuuR lq L np z DZ Z D z a I 6 e eewwyTTUX0 y y U U N N ewTT wT w T T MQQU Q U U ff f
ahlppppIQQQQQTW088 hlllpT a Q Q W p fffkkkkkFF F ff kk k k DDD DDD ssyyyRT s yy S R R R knppppp ppp
k x qqqyyyFR qqq F F y WWWWW WWW W uT9 9 uuyyQR my u u u QRR RR npyy n N s 44 hT JJJ SSSS SSS I I J
I I Q Q hh JJJ 444 y h OOOOOO O O OO O O O I I ccc
bbdefggghkmnnopppqquvvwwzzABCDEEFGGIIJJLLMPQQRSSSTVWWXXYYZZ11122577889!!
bbbbbbbbccceeeeehhhhiiiinopqvwwwwxzAAAACCGGGIJJJJJLQQSSSTTTTVVVXXXXZZZ11114446666777777788999!!
bbfflmsszzzDDLLLLRRWWWWWZ111 zzRW11 k k s bbluR lu b zZ z lmWWW WW m l L z ghlnV888!! n8 88 z 0 0 m
l l h h 8! 8 kklmSY kkm5 kl 5 m m hhjjjmnnnEZ gmnnnn mzZ z pT UU UU l I Z j j
bbbdffklmmmmmmmqquuDFFFFFFPR bfllmmquPRR mm m m m m bqP b m m uFFFR qFR u F f m flDDW flDD F F mm
kkk1 k ! eggggjlwCGIVXX gggk z z A j l l l ggknpLT zL g g k k 1 aaaaaabfmmpqqqqssssstttDMMMMMMRRRS
qqSS R R bmm bmm M st q st t aM aaaqMM a d R hhmEIQQQTTTTX QQQ hmmTTT hTT mm E T
pvzzzEGGGILLLNZ2288!! zzzELLL4 zLL zzLL L N N Y2 2 w pp p zZ18!! Z ! aanpuuGGGRRSSSSVWY2248!!
SSSSSSSS7 mzGLLR2 GLL z zz jl l q RR R G112 p p auWW 4 au gRR mRR ll llz z48! ! SS Y z
oovBCCCEEEJJJYYZZZ12224888!! ovzzCCCCMRZZ44 uuBPR22 vRR uP llH l DS n12 z z F L L J J EZ EZ Y!
bbcccfgkkmpuvzCCDDEFFJLLNPPSSSYYZZZ2458999!! bcfqqxzDDFFFJJJLPPSZZ999 bfgmmw fmmD g zL L jklluCNWZ00
kkkk Z jlN0 qqS qq kkkkkzzzEELYZ11! kkkkzzzLZ Y B z g k 1 uuu uuu P lpN j fkkmpzLMY fm kk Y zzL! c44
8 pppppppDDDDDIIIIII1 1 p pp p p p II I DD flqwwzCRTXZ12 lzL z z Y w R U U w C000 q 555! 5 5
cdknqrvwzCCCEIJLMPSVW1445 aaddqqqqtzCCCCCCELMWWW fmpDDJNQRRU1146 fDRR kpyJLN016 u k r kr llqqvP
flllq pISSS S S q zALLL44 A 4 z L lnnnppzFFGIIN2! dknppstzzzL gGR g m m llnn ll W! IILP L pvw v 8 8
X F lnp n l z4 z envwzDEEGLLNNOPPSY03 fllppzzzLLS gnyE01 g y E kl l l8!!! ! q1 1 q hW W uPR P YY YY
lpDDN p l vvz v z N N annnnnnooopppppppGGMVVVVVV pVV1 p p n annMM M p pp npqqqIXY p qq q vvEEEEMMMM2
MMM vv v E E qqqV qqq mY44466667 7 4 4 E ewJR4455 4 R f f m u u u C 7 wX wwXX w 4 4 wwU w w U U Q Q
Q Q ehIITT T o 6
acccdddeeeeeffhhhhhhjjjjmnnnnppppqqwwwwwxxyyyyCCCDDIIIIJJJJKKMMNNNRRSSTTTTTUUUUUWWXXXXXY00004556
hhjjnnnNNNSTTTTUUUUU0000 aceefnnnnppppwwxxyyDDIIJKRXX455 ffwDRRSU555 pp u n u n n qIJ llqU U l f l
aaxMMMTX aaMMM T q T jjpCIJNN0 j 0 j p U y hhlpwDP hhhpp w x x w T T ddfjllmmquyCCDIMNRRRSUUWWWXXY24
lllllmwWWYY4444 q q jU j n IJN M j T X X pNRR RR w U jmDMW lM W j acklquCDFFMRX0 lu N F 0 q k l TUX
j f ww w U T eeffjjllmmppwxCDDIJNNX0011 jwX fmRT T ll l uP 0 l R u kllIJJT J k J l p w w N IX NNS0 j
l N00 C ap a fjjDNR0 jj q00 l UW h W U x X w w eww ewww w T eM jwwTUUX j T T X h
aadeeekkpqquwwDKMMRTUXXX dmIX K R w aM ppq q T fuDMP f u kky kkk aM aM jkkw k j q q h aaadeqwwMXXX X
a aM UU0 UU U ppFFFG11 F M FF FF p 1 1 D hhhITT111 1 1 UU 66 6 hhhyyT T h T T nnppp000 00 0 0 jjN N
hqyyT h CC nnn n C hhhTT J JJJ hhh h J hT T cc c 6 6 6
aaaadggiiiiiiiiiikkklllloooorrrrvvvvxxxxzAAAAABEEEEEFFFFGGGGGGMMMMOOOOQQQQQQQQVVVYYYYZZ111122223333777778888899999!!!!!
hiillwGMQQQQST227 aagkoovvvvvvxxxxzzAABBBEEEGGGGHLLLMOOOOQVVYYZZ1111223337888!!!!
vvxxxxxAEGOYYYZ111338 o a E E zz z goo2 g2 oo vvzBGLLOQ1 z 1 v O zL l dkklEL7 ll glM l aaZ aa L Z V
V lBB BB l aaikkrAABEFGGMOOYYZ1133888!!! GOOY338 hjjwyT00 w 00 y j i a l kk k BBEY1 F k BB 11 aklM
lF k aM ! 1 lllll ll l adiklorEFQQQQ1288 Q kQQ k M ddkk d k ll ll i iil ill Q zR zR gklloxEEGGQY999
gGU9 ll ll oEEY9 9 EE Y lDM2 aDM ll k iii i krrAA8 A krrr krr r r aaiiiiQQQQ Q i i a 7 7 7 F r F 9 9
bbbccccccfffffkllqquuuuuuMRRSVVVVVVV05556667777777888 clqqqV7 cffuuVV577778 fR 77 7 u u bbffuuu7 f W
mmuVV uR u lmMS l M M buuV
aaabbbcccccgggghhhhiiiiiiijjjllooopppqrrrvvvxxxxxyyyABBBCCEGGGGGHHHIIIIIIKKKKKNNNQQQQQQTTTTVVVVVYYY001122224444455555566777788888999!!!
aabbbgghhhhhhilllllllmmmrBKKKKKKKKKQQQQQTTTTTVV22226666777
cccggvvvvvyzzzAABBEEEGGGGHHLLLOOVVZ11223344455888! cggvvzzzAAEHHHLLLOO111233 VV L z vzBL B2 Z zzLL 4
vL vz E5 E B hIT QQQ00 Q Q 000 0 aaiiiijjoo i i j oo oo bcqxxxyyAAGGHHOVYYY111447888! xAGH1488 H qx
qxx 4 iiQ 4 Q Q 004 4 pp ccvvyGGGY7889!!! v7 l ! jIINQ ahhpN4 a j 0 iiipIQQ Q iiiiiiprrrrCCNV
iiiirrrV C ggglxxxxyBGHHV1112224455588!! xxVV188 5 E ggxxxBH22 ggxxxB2 2 H 7 m44 4 1 llll ll ll
ijCCCINNWW jN I N C C aiijppBBIQV pI BBV BB L L i l jpppBIINQW p II I B B N j cEL55 b m I4 iiQ ii
cppv pp4 4 4 4 4 cc
cccccdddddddeeeehhhhhhkkkkmuwwwwxxxyyyyyyyyAADFFFFFGGGGHHJJJJJJKKKMMQQQQQQQRSSSTTTTTUUUUUWWWWXXXX1114444455558888!!!!!
cccddddkmmmqqyyyFQQQRRUU4445 eeemmuuvvwwDGGHHHKKQQUUXXX1158! euwDDGG11 h U w U w HHHH H HH v v w w m
m SS U d wX w hQT dhhhkkkryyFFFGJMMQQQRR48 hhlxFFGM kk U U k kyJR RR J k y U ddddddW dddd
dwxADDDGGGJMMSSWX11158888!!!! AAG1118! D MM MM kQ M X ! z!! X DDDD DDDD w w S S w w hQU ew445 4 Q
ehwQQTUUX hwQUX w U uDFKKKMM18!! muDK18 M M l w y kkyyy k kkkkkwAAX k k wwJUX X X HQ H H QQQQ
yDDDDDG DDG D D D hyyT y W c S S Q J J y c S kkkkk kkk ffffffffqqttttttDDPPP6666666777777999999999
fqqqqDDDDP666999 f f f tttt 6 9 7 7 7 P67779 9 6 6 P P P f f 9 6 6
bbbbbhhhhhhhhhhmmmmmssssssssssuuuuyyyyyyyyyyyCCCCCCCCRRRRRRTTTTTTTTTT66666669999999
bbbbbhhhssuuuCCCPRRTT999 yy y TT66 6 TT hh myyR y mR mR sssss s s y y y hyyyyyCT R yy y T hy
hhhmmssuyyy6 msy y 6 6 yyyyyRRRRTT yTT RRRR RRR mmyyyyy mmmyy y y hhyyTT y m m h hhTT T h h h
irrRRRSSSSSS66 r r R rRSSSS S S S 6 6 RRRRRRSSS66 SS6 RRRRRR RRRRRR
kkkkkkknnnnnnnnnnpppppppppppFFFFFFFFT00000000000 ppppppppp nF F n000 0 0 knp nnppFFFFFF F p F p0
np000 p 0 p0 kppp00000 ppp 0 knnn00000 000 p00 0 kkp0 p 0 k 0 pp p nnpppp p p p
jjjjjjjjNNNNNNNNN00000000000 jjjjNNNNNN000 jj j jj j 000 00 0 N000 0 N 00 N N N jjN00 jN 0 0 0 000 0
N jjjjjjjjjjjwCCCCCCCN j jjj jj jNNNNN N N j N jj jC j cccccccfffRRRRRRWW444444444 444 cffRR4 fRR
444 c44 4 4 RR RR RR R R R R R c fffffqqqqqqqtttwxxxxxxxxxxDDPPPPP9999 xxxxDDDD999 P P tt q q q ff f
f qqP qq q fqxxPP ffq P P qxxx xx
fhhhhhhmmmmqqqqqqqqqqsssssssuyyyyyyyyyyCCCFFFFFFFFPRRRRTTTTT7777799999 fhhhhhqqqqqsRRTTTT99999 ssss
qqqFF F q R qqqq77777 qqq 7 7 q q 7 qyyy y hT hT hT ssssFFFFFFFFF FF FFF FFF F F F F yy qyyC hhqRR
hRR myyFFP m P P F y q qy7 7 7 jqqqyyyyT jN q y y qR q ffffmmqyyyy ffffmmyy y y qqqyyC y q y C q y y
aqqqqrrrRRRRRR66666 aR q RR666 666 RR RR r r RR RR qqq q q aaFFFFFFFFIWWWWWWWWWWWWW7777777
aWWWWWWWWW FW F F W FFFWWW77 WW F F F F WWWW77 W7 FFWWWWW WWW FFWW F W hhttt66999999999 9999 9 6 6 t
bbbffffhhhhhhhhhmmmmmmsssssssssuuuuuyyyyyyCCCCCCCCCRRRRRTTTTTTTT6999999999 fhhhhhhsssssCCCTT999999
bmmmmmu bmmmmu hhRR h h R m m h R h h hCTT TT h hh hT R R suCT9 u ssss s T T uyyT hC u h hyyyy h T y
yRT R R T SSSSSS SSSSS SS S f CCCCCCCCCCC CCCCCC CCC C CCCC CC C CC C C ddddddmmmmmooouuuu7777777
ddddd7777 mmmou mu m m uu u u mm m 77 77 d fffffttttxxxxxPPPP999999 x9999 tt t t P f xx x
bbfffmmmmmmsssssssuuuuuuyyyyyyyyCCCCCCCCQQQQQQRRRTTT66677999999 ffffffmmmmsyyyyy669999 6 6 u s ss C
yCC y bbbmmmmuuuuuuTT bbbmmmmmuuuu uu uu 777 7 7 sCQQRR RR R uC C QQQ QQ qRRTTT6666 6 R66 66 66 R T
nnnnnnnnnnyyRRR RRR RRR RRR nn n n n n n ccccckkkkknppppppyyyyyyyCCCCCCCC0000000000444444 pp 0 kC k
k C0 0 0 0 0 yyC y y44 4 k 0 0 yC000044 0 k0 4 4 y y0 0 0 cy nn hhjjjjjjjjjjNNNNNNNNNN I jj j j jj j
jjjj j j j j NN N N jjjjNNN N j N NNNN N ddddtttD9999 dddddD9 9 9
ffhmmrsssssssuuuuyyyyyCCCCCRRTTTTTTTT6999999 ssTTT999 uu uu T T T TT T R ss yy u9 m9 m r T rrrrr
rrrrr rr rr ccccccccckkkkkkknnnnnnnnyyyyyy444444444 cc44 k k k k k nn c4 nnyyy 4 cccy44 c ckk44 k 4
4 cc44 c 4 n hhhhhhhhhCCCCTTTTTTTT6 hhhhhTTTTT6 hT hT hT hT T C CCCCCCSS C CC C C S JJJJJJJJJJJJJ
JJJJJ J JJ JJ JJ JJ J JJJ J J JJJJ SSSSSSSSSSSS66 SSSSSSSSSS 6 SSS S S IIIIIIQQQQQQQQ IIIIIIQQQ QQ Q
eeeeeewwwwwwwQQQQXXXXXX eewQQQQQX wwX w eewwXX ewX w ewwX w
eeeeeehhhhhhhhwwwwwwIITTTTTTTTUUUUUUUUXXXXXXX U wTTUUX T eehhhwwUUXX UU h h T eewIIITTUUXX IT U U w
X ehwwX TUU T U hh h UX w hT T TTT T TT T T eewwwXXX66666666 wX ewXX X JJJJJJJJJJJ J JJ J J JJ JJJ J
IIIIIIIIIII IIIIII I I II II I IIIQQQQQQQQQ IIQQQQQ Q Q I hhhhhhhhhhh hhhh h h h hh ccccc44444444 c
4 444 4 4 cc JJ J 6 JJJJJJJJJJJ J JJ J J JJ J J JJJ J J IIIIIII IIII cccccccccc44444444444
cccccc444444 c c 444 4 c44 4 44 4 cccc4444 cc4 4 4 c ccc44 c 4 c 4 JJ J JJJJJ J TTTTTTTT TTT T
QQQQQQQQQQQ QQ QQQ Q Q QQQ Q Q Q Q QQQQ9 QQ Q Q JJJJJJ JJ J TTTT T T o77 7 yyyyyyyyy yyyyy q q
hhhhhhhhhh h hhhhh h hhh hh QQQQQQQ Q Q Q Q Q Q cccccccccSSSSS444444444 ccc44 cc44 4 4 4 cSS444 SS 4
4 S4 c c eeeeehhhhhhwwwwwIIIIIIIIJJJJJJJOOOOOOOOTTTTTTTUUUUUUXXXXXX X wJJJOOX O JJ J hhwOOX OU T T O
hhwIIJOT O T T h h w wIUUX w U U JOOO OO T eeewwITTXX X w w J O I hT h T UUU UU U SSSSSS SSSS S
TTTTTTTT TTTTTTT 6 IIIIIJJJJJJ I J J hhhhhhhh hhhh yyy IIIIIII IIIIIII QQ Q Q Q QQQQQQQQQ Q QQQ QQ Q
Q eeeehhhhhhhhwwwwwIIIIIIJJTTTTTTTUUUUUUXXXXXX hhTT wUX eehhhwwTTUXXX hTT U U ehwIITTUX w T X TU w
vvvvvv vvvv v v v 666 6 666666 6 6 6 6 6 6 o o SSSSSSS SS S SS S SSSSSSSS SSSSS SS oooooo o ooo oo
ooooooovvvvv vvv v ooo oo ov oo oo o o o ccccccccccccc ccccccc c c c ccc c cccc c cc cccc cc cccccc
cc c ccc c c cccc c c c 555555 5 5 dd5 dd 999 666666 66 66 6 6 66666 6 6 6 6 6 66666 6 6 6 6 666 6 6
6 6666 6 6 6 6 66 666 66 66 99999999 999999 666666 6 6 66 66 6666 6 6 6 6 6666 6 6 6 666666 6 6 6 6
6 6 AAAAAAA666 AAAAA6 AAAAAAAAA6699999999 AAAAA99999 A A 6 66666 6 6 6 6 6 6 66 6 66 6 6 66666 6
6666 66 66 666 6 6 66 66 66 AAAAAAAAAA66 AAAAAA A A A A A 66 6 6 6 6 66 6 666 66 66 6
""",
    ),
    "cyrillic": (
"""\
ba be bg kk mk mn ru sr uk
""",
"""\
a  c d e  g h i
""",
"""\
_c _f _m _ma _man _many_ _o _p _а _аб _ад _ада _адам_ _ак _ас _асс _б _ба _бай _бас _бе _бе_ _бел
_бет _би _бид _бо _бол _бр _бу _бъ _бы _был _бі _в _в_ _вв _вве _ве _ви _ви_ _вл _во _во_ _вод _воз
_вп _вр _время_ _вс _все _все_ _вси _всички_ _въ _вы _вя _ві _від _г _г_ _га _ги _ги_ _гл _гла _го
_го_ _гр _гэ _гэт _д _да _да_ _дат _де _дек _дека_ _ден _дз _дл _для _для_ _до _до_ _дод _дол
_доступ_ _држ _ду _дъ _е _е_ _ег _его _его_ _ед _ер _ещ _ж _жа _же _жел _женщина_ _жін _жә _жән
_және_ _з _з_ _за _за_ _зак _зап _и _и_ _из _из_ _изп _изт _им _има _ин _ир _ир_ _ис _й _йә _йө _к
_к_ _ка _как_ _како_ _кат _като_ _ке _ки _кн _ко _кои_ _които_ _кой _коп _копче_ _кот _кој _кр _къ
_кү _кө _л _ли _лиц _лице_ _ло _лю _люд _лі _м _ма _маж _ми _много_ _мо _мож _мор _мос _муж
_мужчина_ _мъ _мі _міс _мү _н _на _на_ _над _надолу_ _най_ _нај _не _не_ _нем _немесе_ _но _но_ _нь
_нь_ _ня _няк _о _о_ _об _обл _обличчя_ _обн _объ _ов _од _од_ _одн _он _он_ _оп _от _от_ _отк _ош
_оши _п _па _пав _пар _пе _пер _пл _по _по_ _под _пои _поч _почта_ _пош _пр _пра _пре _при _про
_про_ _пры _пъ _пі _під _р _ра _рад _раз _рак _рас _ре _ро _роб _роз _рос _рі _с _с_ _са _са_ _сай
_сб _св _све _се _се_ _сер _си _си_ _сит _ск _ска _сл _со _со_ _соо _сп _ст _су _су_ _съ _сә _т _та
_та_ _таб _так _также_ _те _то _то_ _тов _това_ _тоз _този_ _тр _тра _тэ _тя _тү _тө _у _у_ _уд _уда
_ук _ул _ус _уст _уҡ _ф _х _ха _хай _хайуан_ _хо _хү _ц _ца _це _це_ _ч _ча _че _че_ _чел _чов _чт
_что _что_ _ш _шт _што _што_ _щ _ще _ще_ _що _що_ _э _эк _эт _это _я _як _ё _є _і _і_ _із _із_ _ін
_ї _ј _ја _ја_ _је _је_ _њ _ќ _ќе _ќе_ _ў _ў_ _қ _қа _қо _құ _ҡ _ҡа _ҡо _ҡу _ү _ұ _һ _ә _әр _әр_ _ө
_өз a a_ an any any_ c d e e_ f h i l m ma man many n ny ny_ o p r s t u y y_ а а_ аа аа_ аан аар
аас аат аат_ аб аба абан або ав ав_ ава ава_ аван аве ави авит авк авл авн авя аві ављ аг аг_ ага
ага_ агру ад ада ада_ адам аде адз адк адр ае ае_ ает ает_ аж аз аза ази_ аи ай ай_ айн айт айу айуа
ак ак_ акед акж акже ако акт ал ал_ ала ала_ але али али_ алн ало алт алу алы аль аль_ альн алі ам
ам_ аме ами ами_ амі ан ан_ ана ана_ ане ане_ ани ани_ ание аниц ания анн анне анны ання ано ано_
аньн ані ао ао_ апр ар ар_ ара ари ари_ аро арт ару арус ары аря ас асе асс аста асш асы ат ат_ ата
ата_ атак ате ател ати ати_ ато_ атот ать ать_ ау ау_ ауд ауда ах ах_ ац ац_ аци ация ациј аць аць_
аці ач ачок аш ащ аю ают_ ають ающ ая ая_ ађ ає ає_ аі аї аїн ај ај_ ајт ају ају_ аљ ањ ања ања_ ање
ање_ аў аў_ ағ ақ аҡ аҡ_ аң аһ аһы аһы_ б б_ ба ба_ бай банк бар бас бва бе безп бел бела бет би бид
биде бил бк бка бка_ бл бли блич бн бо бол боло бр бу бул бъ бъе бы бы_ был бя бі бір бә бө в в_ ва
ва_ ваа ваат ван ване вани варя ват_ вата вати вать ващ вая вая_ вањ вање вв вве вд ве ве_ вед вез
вен вен_ вер вече веќ ви ви_ вий вий_ вил вио вит вить вић вк вка вл вле влен вля вн вно во во_ вой
вой_ вон вор вос вот вој вр врт вс все все_ вси всич вск вски вт вто въ вър вы вы_ вь вя ві ві_ від
вљ г г_ га га_ гаа гд гда гда_ ге ге_ ги гий гл гла глав гна го го_ года годи гол голе голо горе гр
гра град гру груз гт гэ гэт гэта гі гі_ гә д д_ да да_ дам дам_ дан данн дат дато де де_ дек дека
ден ден_ дент дес десн дет дет_ дж дже дз дзе дзе_ дзі ди ди_ дин дит дите дк дл для для_ дн дна_
дни до до_ доб доба дод дода долж долу дон дос дост дп др држ ду дц дъ дър ды ды_ дэ дя ді дә е е_
еа ев ево ег его его_ егі ед ед_ еди едн една едо едон ее ее_ еж ежд ез ез_ езп езпе ей ей_ ек ек_
ека ека_ еке еко екс ел ел_ ела елар ели елиц елк ело елов ель ельн ем ем_ еме еме_ емес еми ему
ему_ емы емя емя_ ен ен_ ена ена_ ени ени_ ение ений ения енн енно енны ення ено ено_ ент ента ену
енщ енщи ены ены_ ень ень_ ео еп епо ер ера ерв ере ерег еред ерж ери ері ес есе есе_ еск ески есн
есно есс ест еств еся ет ет_ ета ете ете_ ето ето_ етс ется еті еу ец_ ець ець_ еч ече еш еше_ ещ
еще еђ еј ељ ењ ење ење_ ећ еќ еќе еҙ ең еү еү_ ж ж_ жа жан жд жда жде же же_ жел жели женщ жет жи
жи_ жн жно жно_ жув жува жч жчи жчин жы жі жін жә жән және з з_ за за_ зав зак зап запр зв зва зво
зд зе зе_ зем зи зи_ зив зк зм зме зн зни зп зпе зт зу зы зь зя зі и и_ иа иб ив ива иво ивот иг ид
ие ие_ ием_ иет ието из из_ иза изп изт ии ии_ ий ий_ ийг ийг_ ийн ийн_ ик ик_ ика икат ики_ ил ил_
им им_ има има_ име ими_ ин ин_ ина ина_ инат ине ине_ ио ио_ ион иот иот_ ир ир_ ира иран ире иро
иров иру ис иска исо ист ись ись_ ися ися_ ит ит_ ите ите_ ител итет ити ити_ ито_ ить ить_ иф ифи
ифик ифі ифік их их_ иц ица ица_ ице ице_ ици ич иче ичес ичк ичч иччя иш ию ию_ ия ия_ ият ият_
ията иі иј ија ија_ ијат ије ије_ ији ију ић ић_ й й_ йг йг_ йк йл йн йн_ йс йск йст йств йт йти
йти_ йто йу йуа йуан йы йә йө к к_ ка ка_ каза казв кай кай_ как_ како кал кан као као_ кар кат като
ке ке_ кед кедо кеше кж кже кже_ ки ки_ кие кие_ кий кий_ кит ките ких ких_ кия кл кла клад клу клю
кн кно ко ко_ ког кого кои кои_ коит кой кой_ ком коп копч кор кори кот кото кој кој_ кр кра краї
кре кри кро кры крыт кт кти ку ку_ къ кі кі_ ків кү кә кө л л_ ла ла_ лад ладк лаз лан лару лг лд ле
ле_ лед лед_ лек лек_ лем лен лен_ лени лж ли ли_ лив лиз лик лиц лице личч лк лко лко_ лку лку_ лл
лм лн лни лно лно_ ло ло_ лов лове лос лс лся лся_ лт лу лъ лы лы_ лық лық_ ль ль_ льз льк лько льн
льни льно льны лэ лю люд люди люч ля ля_ ляв лі лі_ лғ лға лә м м_ ма ма_ маж маке мд ме ме_ мен
мен_ мене мент мес месе ми ми_ мин мм мн мо мо_ мов мож мос моск мот му му_ муж мужч мъ мы мы_ мэ мя
мя_ мі мі_ міс мү мә мө н н_ на на_ над наж най най_ нал нар нат ната нач ная ная_ нај нг нд нд_ нде
не не_ нее нее_ нем неме нени нето ни ни_ ние ние_ нии нии_ ний ний_ ник ник_ ним ним_ нио ниот нит
ните них них_ ници нию нию_ ния ния_ ният нија није нк нн нне нне_ нни нни_ нно нны нные нных ння
ння_ но но_ нов ног ног_ ного ное ное_ ной ной_ ном_ нос ност нот нот_ ної ної_ нс нск нски нсь нськ
нт нтар ну ну_ нув нува нщ нщи нщин ны ны_ ные ные_ ный ный_ ным ных ных_ ның ның_ нь нь_ ньн нэ ня
ня_ няк няко ні ні_ нік ніс нә о о_ оа оа_ об оба обав оби обл обли обн обо объ обы ов ов_ ова ова_
ован оват ове ове_ овеч ови ови_ овк овл ово ово_ ову овы ові ог ог_ огд огда ого ого_ од од_ ода
ода_ одат оде оди одр оді ое ое_ ож оже оз ои ои_ оис оиск оит оито ой ой_ ойн ок ок_ оки око окре
ол олем олж олк олко олку олн оло олу оль ольк оля олі ом ом_ оме омен омил ому ому_ он он_ оны оны_
оо ооб ообщ опа опи опит опр опч опче ор ор_ оре ори оро орт ору орі ос осл осс осси ост ост_ оста
ости осту ость от от_ оте отек оти отк отн отно ото ото_ отор оу оф ох оч очи очк очт очта ошиб ошу
ощ ою ою_ оя ої ої_ ој ој_ оје оји ољ оў п п_ па пав пад паз пар пат пе пер пера пере пи пк пл по
по_ пов под пои поис пол полн поми пора пос пот поч почт пош пп пр пра прав пре пред прет при прик
прин про про_ прос пры пу пч пче пче_ пъ пы пі під пј р р_ ра ра_ раа рабо рав рави раво рад раз раи
ран ране рас рат раї раїн рв рд рда_ рде ре ре_ ред рез рел рем ремя рен рес рет ретс ри ри_ рив рие
рин рис рист риј рија рк рл ро роб ров рова роз рой роль рон рос росс рот рот_ рс рт рти ртиц ру руг
руз рупп рус руу ръ ры ры_ рыт рь рэ ря ря_ рі рә с с_ са са_ сай сайт сан сан_ сб св све се се_ сер
си си_ сиг сит сич сичк ск ска ска_ ске_ ски ски_ ские ский ско ског скі сл сле сле_ след см сн сни
со со_ соо сооб соч спе ср сс сси ст ст_ ста стап ств стви ство сте сте_ стен сти сти_ стн сто стр
стра стрі сту ступ стъ сть сть_ сті сті_ су су_ сц сч сш съ сы сы_ сь сь_ ськ ськи сьц сэ ся ся_ сі
сә т т_ та та_ таб таба тай тай_ так такж тан тап тар тв тва тва_ тве тви тво тво_ те те_ тек тел
телн тель тем тен тен_ тени тер тет ти ти_ тира тис тися тит тифи тифі тн тни тно то то_ тоа тоа_
тов тов_ това тог този том том_ тор торо торі тот тот_ тоте тр тра тран тре три тро трой тры трэ трі
тс тся тся_ тт ття ту тув тува туп тур тч тъ тър ты ты_ тын ть ть_ тьс ться тэ тэй тэй_ тя ті ті_ тү
тә тө у у_ уан уан_ уб ув ува ува_ уват увањ уг уд уда удал ует уж ужч ужчи уз уй ук ул ум уп упп ур
ус уст усы усы_ ут ут_ ути_ уу уу_ ууд уул уур ушт уште ущ уы ую ую_ ує уј ућ уғ уға уға_ уҡ ф фай
файл фи фик фика фо фр фі фік фіка х х_ ха ха_ хай хайу хи хо ход хора хэ хі хү хө ц ц_ ца ца_ це
це_ ци ци_ ции ции_ цит ците ция ция_ циј ција цо цр цц цца цца_ цы цы_ ць ць_ ця ця_ ці ці_ ція
ція_ ч ч_ ча час чв чва че че_ чел чело чем чер чес ческ чи чи_ чина чк чка чки чов чове чок чок_ чт
чта чта_ что что_ чч ччя ччя_ чы чын чына чя чя_ чі ш ш_ ша ша_ ше ше_ ши шк шо шт ште ште_ што што_
шу шук шч шы ші щ щ_ ща ща_ ще ще_ щен щи щий щин щина що що_ ъ ъв ъв_ ъг ъд ъе ъж ъз ък ък_ ъл ълн
ъм ъм_ ън ъп ър ър_ ърж ъс ът ът_ ы ы_ ыб ыв ыва ыг ыг_ ые ые_ ыз ый ый_ ык ыл ылы ым ым_ ыми_ ын
ын_ ына ына_ ып ып_ ыр ыс ыт ыу ыу_ ых ых_ ыц ыш ыя ыя_ ығ ық ық_ ықт ыҡ ыҡ_ ың ың_ ь ь_ ьв ье ьз ьк
ька ька_ ьки ько ьм ьн ьна_ ьни ьно ьны ьня ьні ьо ьог ього ьс ься ься_ ьц ьш ьше ьше_ ью ью_ ья э
э_ эг эг_ эд эй эй_ эк эл эм эн эн_ эр эр_ эс эт эта это эх эх_ ээ ээ_ ю ю_ юв юва юд юди ют ют_ ють
ють_ юц ющ ющи я я_ яв ява яг яд яе яет яз як яко яма яма_ ян яне яне_ яр яс ясн ят ят_ ята ята_ ё
ён ђ ђа ђе ѓ ѓа ѓу є є_ єт єть єтьс і і_ іа ів ів_ ід ід_ із ій ій_ ійн ік ік_ іка ікат іл ілк іль
ілі ім ім_ ін ін_ іна інд інде іне іне_ інк іо ір іс іс_ іст ість іт іть іть_ іх іх_ іц іч іш ію ію_
ія ія_ іє ії ії_ ї ї_ їн ј ј_ ја ја_ јат јата је је_ јед ји ји_ јк јн јс јск јт ју ју_ љ ља ље љи љу
њ ња ња_ ње ње_ њен њи ћ ћ_ ћа ће ће_ ћи ћи_ ќ ќе ќе_ ў ў_ ўл ўн ўс џ ғ ға ға_ ған ған_ ғы ҙ ҙ_ қ қ_
қа қо қт қта қы құ ҡ ҡ_ ҡа ҡо ҡу ҡы ң ң_ ҫ ү ү_ үй үн үр үс үсе үсе_ үү ұ ұл ұр ұқ ұқы һ һа һе һе_
һы һы_ ә ә_ әй әк әк_ ән ән_ әне әне_ әр әт әт_ әш әһ ө ө_ өг өз өй өл өн өр өҙ өө
""",
"""\
g g g g g g hi cg aabbdddf b bd d d c d d aaddff df ff d de c b d aeh e df df e i cc g g d bcggii
ccgggg g g h ciii c e eeeg eeee c g g h g cg g g c c cc bbggg b ii i bceg c b e e g g ce ee i b b
cefhi bcchh cceh h dei e ee e b g g g gi i hi g g e h c ccddde ccce g g g e dd g ddd dd gh h g i d d
d befhii bbii ceghi cceeh g g acceegghh ceggh cch gg c c ce e g a a eg aaaai a a acdg ggg b g e c c
ad a g ce e c c e e g h eg c ad dd g ce ce ce h i i i bceg e e g c i i g g g g c i i d bcefghi ceghi
cceg c c c e gi ggi d d g g ff ff bc c ceghh gh g i i g g ehh eeehh eeeh g fg g c cccgg cccc g g g
bceghi bbe b i gi bgi g eghi cgg g g a a i ceh b ch g h i b c i i bgi eg h cc e g g ii i ii g i
bcegh cccggg hh cch gi g h h ce cceeh gi ac cc e gi g c eeegg eee g ci ghi h hh ccc a aabddfi ai ii
a g g ii f h c c c c eh i f c d a bfghh bbhhhi g g g f cg g a ag fff a a a f f ffii f i i cgi b cg
cc g c gg gg gg bf be be be ciii c c ii ii aaffggg g ggg gg aabii bii b i bbbiii bbi i i ii i ehhh
ee e hhh hhh h e e e bbb b ddd dd dd d aaaa aa a a f d aaa ddd d d addf d ghhh h g g g cgi c cghhi
ghi g cg gi gi gi g g g gi g g cghhhi cg cghii cg cgi cghi g g abceghi bcceeh eeeffff eff f f f ee
ee bb a a g bbhi ii bb e b b g g g g h c b h bff f bi b g bbh d h d ee b g i bbbg bbb gg gg egh cg g
c g bccddffi bbcf f gi a a bbegh h e g g eh c abdff g bd g e c h h g f d d ai a i b bbdf b e i gii b
acdefgh aadfh h h ccc cccc g e g g g gi b g ii i i b i hhh hhh g abddff d dfh e e b g b b d c bbdd b
dg h g d acdeei ccee ccee ccee h g g ii iii cc h ggg ggg aaddd ad d d bfi f bbhh hh g c h b b i hh g
e cc g g i g bbggg bbgggg h iii ii b i i eeehhhh h h h h h ehhh h h eeh eh bbb bb dd dd aa a d a a a
abcdgi gi adef e ff g e dd c de i b b d aceh e e e gg g g g i i g g f f eh i i cg g gg g g c di d a
f bceghii ccggii bbcehi cce e e ci ccc g c cc e ii g c g g e e g g i bbceh h g h cce e gg c e cehii
ceh i i g e g g h gg c gi g g g ii g eegh eee g g i h g c e eehh e i gg g c c e e g g ccc c bbbggg b
g bbc bbiii i ii h effffgh ffffhh bcff b f g g g add d fg f h g g c egi ggi g e e e i c e eh e g g f
bff b b ddd d a bcdfghi eefff bddfh cegh d d g g hi h dddeg dd e ee gi c i h h g g ci i bbbb bb b b
chii i i g g gg eg g g b c h egi i c g hi hi g c e g cg g h eh bi g cc c bdd dg bff c ddiii a cdegh
bceghh e gh g g gg gg d ceg c g eh e g e ggg ggg c c g c i i cgg gg ddeh a eh e d e i cdeg ce b b hh
h g g g gg g dg gg d e d c g g g g g cdegi ccccddeee h h cg e cg g gg gi g g ii i i g c h g g g g g
i h h h addggii b g giii i i g h d degh d d g g eh e g g g g cdeg ggg h cc cc cce cce eg g d d c i i
e c ae e ccg g h e h eh e e hh e e a d aa a ddfgi ff bdd b ccg c g ghi gi h h g g ffgh h g g g e e g
g g b i i d d d bcdghi bdgii cghi cceh i g g g gh c h g bbe b e ch cc h c g g e e cci i c hi g b b b
acceegghi cceehhi cgg g hi gh c c ce g ccegg cggg g c c cegh gg h c c ggg ggg fffgiii ggiiii f f ff
ff aahi e h g g fg g ghi hi hh hh g i aaefgh f e gi e h h eh hh c ee ee aace a cce cc a gg gg g eghi
c c h g g i i cegh gg cceeh ccee cg h hii iii c ggg gg g g g i i hhi ghhii cehh ceh ceh h h e ch cg
cg h i i h gg gg acccddgg acccgg cc c c d eehhhh eeeh ee e hh hh h h hhh h aaacddfffggii bbffggi f f
c c cff ff c c g g gi g g c a a a ad aa aa abceghi abgg bbceghi cegii g c b b g e c b h h h cc c
aadddgh ghhh e e a g g g ceg cegi g g g g c ce g g c g gi i e g gg g ceghi h g g e e c g g g e e i h
g g h e gi ci i h i g g g a c beii ei cc bbbddi bbb i ad aa dd aacdefgi cdeffg beh g i g h e b df
adf abeg ab cc c a a e cg c g f cghi ggh i c h e c i cee c c ee ee g d ceh e c c ghi i g g i f g g
ff cdee c aaddg aa d d abbggii a g g g gi i g g f gi i i g bbcgii gi c bbbddiii b a a aa acdfghi
bdghi abceh chh e e d cdegh ce gh d g c d d egi giii e g c gi h i i g g e gi gi g g c gg g f gg g
bbiii b i d a a bcefghi aaccddeeffff bbceehi cceei c g b b c h ce c g bgg bgg e f adf f d bcdghi
bccdhi g g d d g c cceeghi ccceeh cgg cgg g g fiii iii i e i i e e c ce hii hii e g g cgg cgg c e h
gii bgii bb bb c c gg gg g g iii iii ceghi ceeh gh h h g gg gg gg gg h eh c e e i i ae e c i i g c
gh hi e e g g g bbdffgg bbfff gg gg gg gg g g g d d bfi ffi bb f bbii biii c c bbbiii iii b i a
ceghi cceeghi ee e cgi ch g e i i g i g g cghii cegg ghi i i g cc c c ehi e g i h h i g ii fghi hhh
g g gii ggii egh ee gi gg h c i h i ggg gggg c c hi cg ee g g c c bccdgg ggg c gi ggii h e h effg e
g e c e g fii c bgg g c i ghii gghhi c c i i i ffghi e f f fff g g c c c g e e ehii e ce h g g i i
egh h g g cg c e gg g g ceeeg ceeee h h e g c c ce cce g a c f gi e g a a g i c iii iii g iii ii
eehhh eh h h h bb bceghi dd bb b b c i e bi bgi bb gii cg i g ceghi cgg i cg g g g g i e h h a a i g
ceghi bb gi ceh g e gh h g g i g b g e e e cc g ii i e acdefghi aaddeff bbcegh g f g gi c i hh c g
cegh c g a i i ef d g d ceghi g ce gi g c g h gi e e cehii cee i c i hi h hh h e e bgi i gg g i cg i
i g g e e h a c h bg g g g b f cccc bbbdg g g g bbbf cg g ddiiii a bcdeghi accdfg ddffh acch gi gi
ff ff g h h aceh aceh gii ac c c e c c bcegh ce e h ceeh ceeh g g g g b g cg g c h h h eeeg eee g g
c c e dggg gg ceghi ce egh e cg g c h h c cgh ggh g eg cg g i hi gi c g g i i hi hh b g gg cccc aadd
a bbi gg iii i b f bggii gii bddi a aacdghi acceeg abbcdehi cce a a f f h g i e b bcg b g g g ce c
cceeh cceh h cg c gg g ee c e de h ceghii hiii c i i h g i c c g ceefg bcce e e cg gg c g c g g gg g
i e e h ghi gh gg egh ei c cg b b ii egg gg gg dd i bi i i g c g ccc c abbddgg ggg d gggii gggii i i
bff f f i dddiii ii d aa a abghi abbddhhhiii a a g eeeeii eeeeii eee i ee gh fg g g g gg g g g a gi
aff e h g ff c g a a ghi g i ffff f f f f e e g d bgg bg i h h d d d a aacg g g cg g g g e ii i i
bffffgi bfffgghi acf cc a a ff g g c f i f f bbbefh h bfh bh i i cdeh eh g g e e cd cg hh e g eh b b
b bb g bbbi bbb bi i iii b i i bcefghi f bbg gi c c cceg cce g g g g g cg fghi e g eeh e e c c g g
agg a a gg gg i i i bbbb bb b i i i aabddeh aa d d g i fg h i beeehh e e bbe be i i b bd d ccccggi
cc cc c cggi cc g ggg g g g cii cii cccccc cc c c cc g c cc cc c ccc c c c c c cccc c c cc ccc cc
aaaabbbbbddddfggg aaabbbddfgg g g g f f ggg ggg d ggg ggg b adg d bbddg bg g abddfff dfff bd bd d d
add bdd bg aaa aa bbgg bgg b g bbb bb d dd dd d aa a d d bbbfgggii bfggii b g g iii i i i i b bbi i
i g g b b ii i i i i i b g g g g g g abbbbbfffffg ff ff f f f f g bf f bbff f bfff f f bgg b gg f f
fff f bggiii bggii i i i i i gg ii i b gg g abbbcccggii bbcggii cc cc b bi g g g bcii c c c bc c c b
c c ccgi ccc c c bbb b hhhh h h eee e e iiiii iii i i i bbbbbdddddiiiii bbbbdddiii i iiii iii iii i
ddi iii ii i bbddi d i i ddii i ii d bdd d bbdddiii dd b d d d d i i dddi bbdii d ii i iii i i b b b
bi di i i bii ii i ii ii iiii iii i eeeehhhhh eehh eeeehh eeeh e e hhhh hhh h hh hh e e h h h hh hh
hhhhh hh hh h h eehhhhh hh hh eehhh eehh h h hhhhhh hh h hh h h h eeee ee ee bbbbb bbb b bb b e
aaaaddd aaddd dd ad ad add aaaaa aa dddd ddd ddd dd d d dd d aaaaaaa aaaa aaa a a aa aaddd dd aa
aaaadddffff aa f f d a a a fff ddd d d d d aaaaa a a a aa a aaaaaaaddd aaa a aa a aa aa d d aad aa a
a a aaaadddfff a f d a f f ff a ff
""",
    ),
    "arabic": (
"""\
ar fa ps sd ur
""",
"""\
a    e
""",
"""\
_o _آ _أ _أن _أن_ _أو _إ _إل _ا _از _از_ _ازا _اس _اس_ _است _است_ _اص _اف _افز _ال _الأ _الإ _الا
_الب _الت _الج _الح _الخ _الد _الر _الس _الش _الص _الع _الق _الم _الن _الو _ام _ان _او _او_ _اور
_اور_ _اي _اين _اين_ _ای _این _ب _با _با_ _بر _بع _به _به_ _بھ _ت _تا _تو _تي _ج _جا _جو _جو_ _جي
_جي_ _حا _حق _حق_ _حقو _خ _خو _د _د_ _در _در_ _را _را_ _رم _رمز_ _زن _س _سا _سر _سره _سره_ _سی _سے
_سے_ _ش _شد _شي _شي_ _ع _عل _على _على_ _عن _عو _عور _ف _في _في_ _ق _ك _ل _لا _لر _لري _لري_ _لل _له
_له_ _م _ما _مخ _مخ_ _مس _مسا _من _من_ _مي _مي_ _می _می_ _میں _میں_ _ن _نم _نے _نے_ _ه _ها _ها_ _هذ
_هر _هر_ _هم _هي _هيو _هيواد_ _و _و_ _وأ _وار _وال _ي _يا _يا_ _يت _يس _ٹ _ٻ _ټ _ټو _ټول _ٽ _پ _پر
_پر_ _په _په_ _پی _ڀ _څ _څو _څوک _څوک_ _چ _چهر _چهرو_ _چې _چې_ _ڈ _ډ _ڊ _ڏ _ښ _ک _کا _کا_ _کر _کرد
_کن _که _که_ _کو _کو_ _کہ _کی _کی_ _کے _کے_ _ڪ _ڪا _ګ _گ _گذ _ڳ _ڳا _ہ _ہو _ہے _ہے_ _ی a c e e_ h i
l m o o_ r ro t u w ء ء_ آ أ أس أم أن أن_ أو ؤ إ إل إن ئ ئو ئي ئين ئی ئی_ ئے ئے_ ا ا_ اء اء_ ائ ائو
ائي ائی ائی_ ات ات_ اح اد ار ارة ارة_ ارد ارد_ اره ارو ارو_ ارہ ارہ_ اری از از_ ازا ازاد اس اس_ است
است_ اش اط اف افز اق اك ال ال_ الأ الإ الا الب الت الج الح الخ الد الر الس الش الص الع الق الك الم
الن الي ام امة امة_ امه امه_ ان ان_ اني_ انہ انی اه او او_ اور اور_ اي اي_ ايت ايت_ اين اين_ اپ اک
اڪ اڻ اہ ای ای_ این ایی ایی_ ب ب_ با با_ بة بة_ بر بع بعي به به_ بي بھ بہ بی ة ة_ ت ت_ تا تج تح تخ
تخد تر تس تش تع تف تك تل تم تم_ ته ته_ تو توا تون تي تي_ تھ تی تی_ ث ث_ ج ج_ جل جه جو_ ح ح_ حا حة
حة_ حد حق حق_ حقو حقوق حي حک خ خت خد خر خو د د_ دا دان دة دة_ در در_ دن دن_ ده ده_ دو دي دي_ دڙ دڙ_
دھ دہ دہ_ دی دی_ دې دې_ ذ ذا ذا_ ر ر_ را را_ ران ران_ رای رب رة رة_ رت رت_ رد رد_ ردن رس رك رمز رمز_
ره ره_ رو رو_ ري ري_ ريل رٹ رک رڪ رگ رہ رہ_ ری ری_ رے رے_ ز ز_ زا زاد زن زي زی س س_ سا سة سة_ ست ست_
ستا ستان ستخ ستخد سر سره سره_ سي سٹ سٽ سڪ سی سی_ سے سے_ ش ش_ شان شت شد شد_ شر شن شن_ شه شو شي_ شہ شی
ص ص_ صا ض ض_ ط ط_ طا ظ ع ع_ عا عب عة عة_ عد عر عل علا على على_ عن عو عور عورت عي غ غي ف ف_ فا فة فة_
فت فت_ فز في في_ فی ق ق_ قا قة قة_ قل قو قوق قي قی ك ك_ كا كان كب كت كر كل كل_ كن كو كي ل ل_ لأ لإ
لا لب لة لة_ لت لج لح لخ لد لري لري_ لس لش لص لع لف لق لك لل لم لن له_ لو لو_ لى لى_ لي لي_ لہ لہ_
لی لی_ لے لے_ م م_ ما ما_ مان مة مة_ مت مت_ مخ مخ_ مز مز_ مس مسا مع مك مل ملف من من_ مه مه_ مو موا
موم مومي مي مہ می می_ میں میں_ ن ن_ نا نا_ نام نة نة_ نت ند ند_ نده نده_ ندي ندي_ ندڙ ندڙ_ نش نم نه
نه_ نو نو_ ني ني_ نٹ نٹ_ نٽ نڈ نڊ نک نکی نکی_ نڪ نګ نگ نگ_ نہ نی نی_ نے نے_ ه ه_ ها ها_ های های_ هذ
هرو هرو_ هغ هم هم_ هه هه_ هو هو_ هي هيو هيوا هی و و_ وأ وا واد واد_ وار وال وان واه وت وج ود ود_ ور
ور_ ورت ورو وش وق وك ول ولے ولے_ وم وم_ ومي_ ون ون_ ونو ونو_ ونک ونکی وي وي_ وٹ وٽ وړ وڙ وک وں وں_
وی ى ى_ ي ي_ يا يا_ يب ية ية_ يت يت_ يد يد_ ير ير_ يز يس يع يع_ يف يق يك يل يل_ يم يم_ ين ين_ يند يو
يو_ يوا يواد يون يون_ يٽ يٽ_ يک يڪ ٹ ٹ_ ٹر ٹی ٹی_ ٺ ٻ ټ ټو ټول ٽ ٽ_ ٽر ٽو ٽي پ پا پر پر_ په په_ پي
پی ٿ ڀ ځ څ څو څوک څوک_ چ چهر چهرو چھ چی چې چې_ ڇ ڈ ڈ_ ڈی ډ ڊ ڊ_ ڊي ڌ ڏ ڏي ڑ ړ ړه ړه_ ړي ږ ژ ڙ ڙ_ ڙي
ښ ک ک_ کا کا_ کر کرا کرد کردن کس کم کن که که_ کو کو_ کول کي کٹ کھ کہ کہ_ کی کی_ کے کے_ ڪ ڪ_ ڪا ڪار
ڪر ڪس ڪن ڪو ڪي ګ ګر گ گ_ گا گذ گذا گر گو گی ڳ ڳا ڳي ں ں_ ڻ ڻ_ ھ ھ_ ھا ھو ھی ھی_ ہ ہ_ ہا ہر ہو ہی ہے
ہے_ ی ی_ یا یا_ یت یت_ ید ید_ یر یر_ یس یش یشن یف یل یم ین ین_ یه یه_ یو یٹ یڈ یک یکا یں یں_ یہ یی
یی_ ۍ ۍ_ ې ې_ ے ے_
""",
"""\
b be aaa a a a aa a a bc bb c e e b b b be b aa a a a a aa a a a a a a a a a a aa a a b e cc cc e e
bb b b ee b be b bb b a bb bb e abc b bb d dde e d d d d b cc c c be b bccc ccc bb bb b bb a a b de
bd c c c e e e bc b c c a a a a a d d ab aa aa a aa acc c c c c a c c abe d c c c c a aa b b be b e
e bb b e e bbcd bb b a c c bb c c c ab bbbb a d a aa c c a a e d cc c c dd bccdee e e cc cc b d cc c
c c dd d d c c e c d d c bee e e ee b b b b c e e ee ee e e ddd d c bdee b d d eee e e e b a ab ab b
ab b a a ab a ab a a ab a aa aa be aaa a a a a a a aa a a addee d dd d ee ee e e abe aee aa aa addee
d d ee e ae a a ce bde a a b b b d d e e b bbc bb c c bc e b b b b be b e a aa b a a a a a a a a a a
a a a a a a a a a bc a a b b bde b d e b bb ccc cc e e bbc b c c b b d ee d d ee bbb bb b b b ab a b
bb a a bd c c bb bb aa ee e be aaa aaa abc bbee e a a a a b a a a a a a a a c c bc b c d d e be be
aa a a a a a d aa aa b a a a cc c c c a e abc b a a b abc bbcc b c aa aa be bb bb bb bb bb a ac cd d
d e e e be e c c aa a a abde abde be b e b b a aa aa de e bb bb b b aa a a bcc cc d ddd add d d e e
d bb ee ee beee be e e bb b c c b a e abe de bc a a b bb e e a a c c c a e d d bbe b e e bb bb d b
bb b a e e a c c e e aa a a a a aa a a a a aa a a a a a a ae e a a a d d d c acc a aa ae a a a b b b
aa aa e ae a a a a b c c c e aaa aa aa a a a a a a a a a a ad a a ae a aa aa a a a a a c c a a a a a
a a a a a c c c a a ad c e e bee be e e a a bc a c aa aa e e c c aa a c c a a c a a aa b b b a c c c
e bee b e e bde abd ab e b a a b bd bb b b d d d d b b cc cc c c ac d e e d e d cc c c d c dde d e
be b ee ee abbcc bbbccc ab aa b b a d d c a a d d dd d cd c c b cde ccdddd a a c c d a b b a a bb b
ce e d c b a a c c c cc c c cc d c c cc c ac cc e d c d c ee ee be aa aa aaccddd cccdddd ac c a aa
aa ccc ccc a a ad aa c ad a a a a a add ad a b ad a d cd c c c d d d d c dd eeee eee e e e d dd ccc
c c dddd ddd dd d d ccddee de e e cc cc d b ddd d cc cc c c c dde d d e e c c d eee e e cc ddd d d d
ddd d ee ccc c c c c bc ddd dd d ccc bbccceee bbe be ee ee e b b e e b b b cce e c cc e e e e cee ce
ee ee ddddd dd dd d dd d d d dd ccc c bbbddee de b b b b b e dd d d eee ee ddd dd deee e ee e ee e
eeee eeee ee e ee e e e bbbeee bbbee ee ee b b b b bee e b e e e bee be bee be b b e e e be b ee ee
e bb b cc cc cccc ccc eee eee
""",
    ),
    "devanagari": (
"""\
hi mr ne
""",
"""\
a b 
""",
"""\
_o _अ _अं _अधिकार_ _अनुहार_ _अन्न_ _अपन _अपर _अर _अस _असल _आ _आण _आणि _आणि_ _आद _आपक _आपल _आव _आह
_आहे _आहे_ _इ _इस _उघ _उघड _उप _उपय _ऊ _ए _एक् _एर _एरर _एरर_ _ऐ _ऐप _ओ _ओर _ओर_ _औ _और _और_ _क _कर
_कर_ _करण _करन _करने_ _करा _करा_ _करे _करें_ _का _का_ _कान _कि _किं _किंवा_ _किया_ _की _की_ _कुन _कॅ
_के_ _केल _कै _को _को_ _क् _ख _खा _खो _खोज _ग _गय _गया _गया_ _गर _गरि _गर् _गर्ने_ _च _चा _चाह _चिह
_चिह्न_ _चे _चेह _चेहरा_ _छ _छ_ _ज _जा _जान _जोड _ड _डिवाइस_ _तथ _तथा _तथा_ _तप _द _दर _दर् _दि _दिख
_दु _देश _द्व _द्वारा_ _ध _न _नह _नही _नहीं_ _ना _नाह _नाही_ _निक _निज _नी _प _पर_ _परि _पह
_प्रत्येक_ _फ _फ़ _फा _फो _ब _भ _मन _महिला_ _मा _मे _में _में_ _यस _यह _र _र_ _रह _रहा _रहा_ _रा
_राष _ल _लि _लिए _लिए_ _व _वर _वर_ _वा _वा_ _वाप _वाल _वाला_ _वि _विस _विस्तार_ _व्यक्ति_
_व्यक्तिलाई_ _श _शक _शो _शोध _स _सं _संर _सम _सम् _सा _साइ _से _से_ _सेटिंग_ _सेटिंग्ज_ _स्व _ह _हु
_हुआ _हुआ_ _हुन _है _है_ a c e e_ h l n o p r s t u ँ ँग ं ं_ ंग ंग् ंग्ज ंच ंट ंड ंत ंद ंध ंब ंर
ंरक ंरक् ंव ंवा ंवा_ ं… ं…_ अ अं अधिक अनुह अन्न अप अपन अपर अस असल आ आ_ आण आणि आणि_ आद आपक आपल आव आह
आहे आहे_ इ इन_ इने इने_ इस इस_ ई ई_ उ उघ उघड उझ उन उने उने_ उप उपय उपयो ए ए_ एं एं_ एक एको एको_ एक्
एक्स एरर एरर_ ऐ ऐप ओ ओर ओर_ औ और और_ क कड कमा कर कर_ करण करण् करन करने करा करा_ करे करें का का_ कार
कि किं किंव किया की की_ कु कुन कॅ के के_ केल केले कै को को_ क् क्त क्ति क्ती क्र ख खो खोज ग ग_ गय
गया गया_ गर गरि गर् गर्न गले गले_ गी ग्ज ग्ज_ घ घड ङ ङ् ङ्ग च चला चा_ चिह चिह् ची ची_ चे चे_ चेह
चेहर च्य च्या छ छ_ ज जन जव ज़ ज़_ जा जान जी जो जोड झ ट ट_ टे टो ट् ट्र ठ ठी ठी_ ड ड_ ड़ ड़ा ड़ा_ ड़ी
ड़ी_ डा डा_ डिवा डिव् डी डे डे_ डो ढ़ ण णा णार णारा णारी णि णि_ णी णे णे_ ण् ण्य ण्या त त_ तक तको
तको_ तथ तथा तथा_ तन तन् तन्त तप तर_ ता ता_ तार ति ति_ तिक तिल तिला ती ती_ तु त् त्त_ त्प त्य त्या
त्ये थ_ था_ द द_ दर दर् दर्श दा दि दिख दिखा दु देश द् द्ध द्य ध धा धार धि धिक धिका ध्ये न न_ नम नमा
नह नही नहीं ना ना_ नाह नाही नि नि_ निज नी नु नुह नुहा ने ने_ नै नै_ न् न्छ न्छे न्त न्त् न्द न्न_
न्य न्य_ न्ह न्ह_ प प_ पक पत् पम पमा पय पयो पयोग पर_ परि पल पह पा पु प् प्रत प्रब फ फल फ़ फ़ा फ़ो फा
फाइल फॉ फो फोन फ् ब बं बंध बद बन बन् बा बाट बाट_ बार भ भाव भी भी_ म म_ मध मध् मा मा_ माज माण मान
मान् माय मि मे में में_ म् य य_ यं यक यम_ यर यर_ यस या या_ याच यू ये ये_ येक येक_ यो यो_ र र_ रक रको
रको_ रण रण_ रणा रण् रत रत् रत्य रन रमा_ रर_ रवा रह रहा रहा_ रहे रहेक रा रा_ राउझ राष राष् रि री रु
रु_ रुप रू रू_ रॅ रे रें रें_ र् र्न र्ने र्श र्शव ल ल_ लन ला ला_ लाई लाई_ लिए लिए_ ली_ ले ले_ लें
लें_ लेल लेला लेले लो_ ल् ल्य ल्या ळ ळ_ ळा व वतन वतन् वर वर_ वर् वा वा_ वाइ वाइस वान वाप वापर वार
वाल वाला विस विस् वी वे व् व्य व्ह व्हा श श_ शन_ शव शा शु शो शोध श् श्य ष ष_ षण ष् ष्ट् स स_ संर
संरक सम समा सम् सले सलेल सह सह_ सहि सहित सा साइ साठ साठी सि सी से से_ स्त स्वत स्‍ ह हर हरा हरा_ हरु
हरु_ हरू हरू_ हा हा_ हाइ हाइस हार हार_ हि हित ही ही_ हीं हीं_ हु हुआ हुआ_ हुन हुने हे हे_ हेक है है_
ह् ह्न ह्न_ ़ ़_ ़ा ़ा_ ़ि ़ी ़ी_ ़े ़ॉ ़ो ा ा_ ाँ ां ां_ ाई ाई_ ाउ ाउझ ाउन ाउने ाए ाएं ाएं_ ाको
ाको_ ाग ाच ाचा ाचा_ ाचे ाचे_ ाट ाट_ ाठ ाठी ाठी_ ाण ात ात_ ाता ाता_ ाती_ ात् ाथ_ ाध ान ान_ ान्छ ान्य
ाप ापर ाम ामा_ ायक ाया ार ार_ ाला_ ाळ ाव ाष् ाष्ट ास ासा ासि ाह ाहर ाही ाही_ ा… ा…_ ि ि_ िं िंग िंग्
िंव िंवा िए िए_ िएक िक िक_ िका िकार िख िखा िती िन िने िने_ िन्ह िम िय ियम ियम_ िया िया_ ियो_ िर िल
िल_ िला_ िलाई िवाइ िव् िव्ह िस्त िह िह् िह्न ी ी_ ीं ीं_ ीक ीर ील ील_ ीस ु ु_ ुं ुआ ुआ_ ुक ुक् ुक्त
ुन ुन_ ुने ुर ुळ ुष_ ुह ुहा ुहार ू ू_ ूट ून ून_ ृ ृष्ठ ॅ ॅक ॅप ॅश े े_ ें ें_ ेक ेक_ ेको ेको_ ेक् ेज
ेट ेण ेम ेयर ेयर_ ेर ेल ेला ेला_ ेले ेले_ ेलेल ेळ ेस ेह ेहर ेहरा ै ै_ ैं ैक ॉ ो ो_ ों ों_ ोक ोड ोड़
ोण ोन ोन_ ोम ोष ् ्क ्ग ्छ ्छे ्ज_ ्ट_ ्ट् ्ट्र ्त ्त_ ्तार ्ति ्ति_ ्तिल ्ती ्ती_ ्त् ्त्र ्द ्ध ्न
्ने ्ने_ ्प ्म ्य ्य_ ्यक ्या ्या_ ्यू ्ये_ ्येक ्र ्र_ ्रत ्रत् ्रा ्व ्वत ्वतन ्वर ्श ्शव ्ह ्ह_
्हा ्हा_ ्हाइ ्‍ फ़ ‍
""",
"""\
b b a c c b a c c b b b b b b a a b c bb bb b a a b b a a a b a b b b a a a a a a a a ab b a b a a
bbb bb aa a a aa c a b b a aa a c b aa bb a aa aa a a b a a ac a a a cc c c c aa a a a a a a a cc c
a a a b a a c c c b a b b a a b c a a b ab a a a b b b a c a a a c a c b aa b b a c c a c a a a c a
cc ccc a a a c c a a a a c b b c cc b aa a c b b a c b b b b ac c c c c b b a aa a b c aa c a a c aa
aa ab b a a b ab a b b b a b b ccc c aab aaa ab b b b b a b b a b c c c b b b a a b a c c b a a c b
b ab a b b b a a b c bb bb b a b c c a a ac ac c b b b c c c a a a a aa a a cc cc c a a b b a a a a
a a a a a b b ab a b b a a bb bb aa aa c aa c a b b a a a c c b a aa bb b a ccc ccc b c ac b b a a a
ac a a a a cc c c c c c b b b c b cc cc c bb a bbb a a bb bb b bb a a b b cc cc a c b aa a a a a b b
b ab a a a c c b b b abb a aaa a a a a b b a b b b b b a bbb bbb bbb bb b b b b bb bb b b b ab b c c
c c c c c c c b b a a b cc aa c c c b b b c a c c b c a c ab a b b b c a a a b c c c b bc c c c c c
b ac ab c c a a a a ac b b c c c a cc c c cc cc c c cc c c cc c c b a a bb b ab a a b c c a a a aa c
b a b b a c a b a aaa a a bb b b b b c a a a b c c c c c a ac c a a a ab bb b cc ccc c a cc a b a a
a a cc ab b b c a a a cc ab ab b a bb b c c a a a ac c c c b a b b c c c a c b b ac a a c c bc b b c
c c b c c c cc c b a aa a a c c b b ab a a c b cc cc a a a bbc bcc a a bb b b c bc b b bbbb bb b bb
c c ab bb a bc bcc a a b b bb c a a b b b b b c bb b ab a a b a a b b c c b a c c c a ab c c c c c b
b c b c c b b b b c a a aa b c a c cc a aa c c cc c b b b b c c c c b bb a a ac a a c c b bb c aa aa
a a a aaaa aa aa a a aa aa a a a ab ab c bb a c cc c b c c aa aa a c c c bb b b b b c c b b b b c b
a a a c a c ac a c a b bb c c b a c c a b b c c b b c b c bb b b b ac acc bb b b b b a a c cc cc c c
a a b cc c cc b b aa a a a a a cc a a a c a b b b a a a ab ab a a a a bb bb b ac cc a a a b c c cc c
c a b a c c c b b a bb bb a b bbbb b b b b b aa aa cc c c c b aa b b b a a bc bb b b bb bb b b b b a
a aaac cc a a ab cc ccc a aa b b a b b b a c b a c c c b a c c c a b ac a c b b c c cc c cc cc cc c
c bc b c bc bb a b c b a cc c c c c c a b b bbb b bb b b a a a
""",
    ),
    "hebrew": (
"""\
he yi
""",
"""\
a 
""",
"""\
_א _א_ _או _און _און_ _אי _את _את_ _אױ _אױף _אױף_ _ב _בא_ _בי _במ _ג _גע _געז _ד _די _די_ _דע _דער
_דער_ _ה _הא_ _הו _המ _הש _הת _ו _ון _ון_ _ז _זײ _זײ_ _ח _ט _ט_ _י _יע _יעד _יעדער_ _כ _ל _לא _לה
_למ _מ _מו _מיט _מת _ן _ן_ _ס _ס_ _ע _על _על_ _פ _פ_ _פר _צ _צו _ר _רע _רעכ _רײ _ש _של _של_ _שמ _ת
_װ _װע a c e h i l m o p r t u א א_ און און_ אות אח איש אל אמ אר אש את את_ אױ אױף אױף_ ב ב_ בא_ בד
בה בו בי בל במ בר בר_ בת גד גו גע געז געזע ד ד_ דה דו די דיק דע דער דער_ ה ה_ הא_ הב הג הו הח הי המ
הפ הר הש הת ו ו_ וא וב וג וד וה וו וח וי ול ול_ ום ום_ ומ ונ ונג ונג_ וני וס וע ופ וצ וק ור ור_ וש
ות ות_ זא_ זה זה_ זע זײ זײ_ ח ח_ חד חו חי חל חר ט ט_ טו טלע טע טער טש י י_ יא יד יה יה_ יו יות יט
יט_ יי יל ים ים_ ימ ין ין_ ינ יעד יעדע יפ יק יר יש ישע ית ית_ ך ך_ כ כו כט כט_ כי כל כע כר כת ל ל_
לא לב לה לה_ לו לח לי למ לע לעכ לעכע לת ם ם_ מ מא מד מה מה_ מו מח מיט מנ מס מע מען מען_ מענ מצ מר מש
מת ן ן_ נ נא נא_ נג נג_ נד נה נה_ נו נו_ נט ני ני_ נים נים_ נע נת ס סו סי ספ ע ע_ עדע עדער עו עזע עט
עי עכ עכט עכע על_ ען ען_ ענ ענט ער ער_ ף ף_ פ פ_ פו פי פע פר פת צ ק ק_ קי קלא_ קע קר קײ ר ר_ רא_ רה
רה_ רו רי רים רים_ רכ רן רן_ רע רעכ רעכט רת רת_ רײ ש ש_ שב שה שה_ שו שט שי של של_ שמ שנ שר שת ת ת_
תו תח תי תמ תק תר װ װא װא_ װי װע ױ ױס ױף ױף_ ײ ײ_ ײנ ײנע
""",
"""\
b bb b bb bb b a a b b b a b a a b bb b b b b b b b a b a a a a a b b b b b a b b a b b b a a a a a
a a b a b b a b a a a b bb a b b bb b b b a a a a a bb b a a a a a a a a a a a a a bb b b a a a a a
a a a a b b b a a b a a a a a a a a a a a bb b b a a a a b b bb bb bb aa a b a a a a a a a a a a a a
a a a a a a a a a a a a a b bb bb a a a a a a a a a a a b a a b b b aa a a a a a a b bb a b b b b a
a a a a a a a bb b a a a a a a a a b b a b a a b a a a a a a b b a a b a a a a a a a a a a a a bb b
b a a a a a a a a a a b a a b b b b a a a a b bb a b b bb b b a a a a b a a a a b a a a a a b b b b
a b b a bb b b a bb bb bb b bb bb a a a bb a a a a a a a a a b b a b a a b a a a a a a a b b bb b b
a a b a a a a a a b a a a a a a a a a a a a a a a bb b b b b bb b b b bb bb b b
""",
    ),
}
