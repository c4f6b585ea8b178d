/** ISO 3166-1: alpha-2, alpha-3 and numeric code of each country, without separators. */
const CODES = `
  ADAND20 AEARE784 AFAFG4 AGATG28 AIAIA660 ALALB8 AMARM51 AOAGO24 AQATA10 ARARG32 ASASM16 ATAUT40 AUAUS36
  AWABW533 AXALA248 AZAZE31 BABIH70 BBBRB52 BDBGD50 BEBEL56 BFBFA854 BGBGR100 BHBHR48 BIBDI108 BJBEN204
  BLBLM652 BMBMU60 BNBRN96 BOBOL68 BQBES535 BRBRA76 BSBHS44 BTBTN64 BVBVT74 BWBWA72 BYBLR112 BZBLZ84
  CACAN124 CCCCK166 CDCOD180 CFCAF140 CGCOG178 CHCHE756 CICIV384 CKCOK184 CLCHL152 CMCMR120 CNCHN156
  COCOL170 CRCRI188 CUCUB192 CVCPV132 CWCUW531 CXCXR162 CYCYP196 CZCZE203 DEDEU276 DJDJI262 DKDNK208
  DMDMA212 DODOM214 DZDZA12 ECECU218 EEEST233 EGEGY818 EHESH732 ERERI232 ESESP724 ETETH231 FIFIN246
  FJFJI242 FKFLK238 FMFSM583 FOFRO234 FRFRA250 GAGAB266 GBGBR826 GDGRD308 GEGEO268 GFGUF254 GGGGY831
  GHGHA288 GIGIB292 GLGRL304 GMGMB270 GNGIN324 GPGLP312 GQGNQ226 GRGRC300 GSSGS239 GTGTM320 GUGUM316
  GWGNB624 GYGUY328 HKHKG344 HMHMD334 HNHND340 HRHRV191 HTHTI332 HUHUN348 IDIDN360 IEIRL372 ILISR376
  IMIMN833 ININD356 IOIOT86 IQIRQ368 IRIRN364 ISISL352 ITITA380 JEJEY832 JMJAM388 JOJOR400 JPJPN392
  KEKEN404 KGKGZ417 KHKHM116 KIKIR296 KMCOM174 KNKNA659 KPPRK408 KRKOR410 KWKWT414 KYCYM136 KZKAZ398
  LALAO418 LBLBN422 LCLCA662 LILIE438 LKLKA144 LRLBR430 LSLSO426 LTLTU440 LULUX442 LVLVA428 LYLBY434
  MAMAR504 MCMCO492 MDMDA498 MEMNE499 MFMAF663 MGMDG450 MHMHL584 MKMKD807 MLMLI466 MMMMR104 MNMNG496
  MOMAC446 MPMNP580 MQMTQ474 MRMRT478 MSMSR500 MTMLT470 MUMUS480 MVMDV462 MWMWI454 MXMEX484 MYMYS458
  MZMOZ508 NANAM516 NCNCL540 NENER562 NFNFK574 NGNGA566 NINIC558 NLNLD528 NONOR578 NPNPL524 NRNRU520
  NUNIU570 NZNZL554 OMOMN512 PAPAN591 PEPER604 PFPYF258 PGPNG598 PHPHL608 PKPAK586 PLPOL616 PMSPM666
  PNPCN612 PRPRI630 PSPSE275 PTPRT620 PWPLW585 PYPRY600 QAQAT634 REREU638 ROROU642 RSSRB688 RURUS643
  RWRWA646 SASAU682 SBSLB90 SCSYC690 SDSDN729 SESWE752 SGSGP702 SHSHN654 SISVN705 SJSJM744 SKSVK703
  SLSLE694 SMSMR674 SNSEN686 SOSOM706 SRSUR740 SSSSD728 STSTP678 SVSLV222 SXSXM534 SYSYR760 SZSWZ748
  TCTCA796 TDTCD148 TFATF260 TGTGO768 THTHA764 TJTJK762 TKTKL772 TLTLS626 TMTKM795 TNTUN788 TOTON776
  TRTUR792 TTTTO780 TVTUV798 TWTWN158 TZTZA834 UAUKR804 UGUGA800 UMUMI581 USUSA840 UYURY858 UZUZB860
  VAVAT336 VCVCT670 VEVEN862 VGVGB92 VIVIR850 VNVNM704 VUVUT548 WFWLF876 WSWSM882 YEYEM887 YTMYT175
  ZAZAF710 ZMZMB894 ZWZWE716
`

/** What a country is beyond its codes, where it matters to a phone number or an address. */
export interface CountryFacts {
  /** ISO 3166-1 alpha-2. */
  readonly code: string
  readonly alpha3: string
  /** UN numeric code: the vendor's CountryId. */
  readonly id: number
  /** Calling code without a plus; empty where the table has none. */
  readonly dialIn: string
  /** Dialled before an area code within the country. */
  readonly interArea: string
  /** Written before a postcode in mail from abroad. */
  readonly zipPrefix: string
}

/** Calling code, prefix before area codes, prefix before postcodes. */
const DETAILS: Readonly<Record<string, readonly [dialIn: string, interArea: string, zipPrefix: string]>> = {
  AT: ['43', '0', 'A-'],
  BE: ['32', '0', 'B-'],
  CH: ['41', '0', 'CH-'],
  CZ: ['420', '', ''],
  DE: ['49', '0', 'D-'],
  DK: ['45', '', 'DK-'],
  ES: ['34', '', 'E-'],
  FI: ['358', '0', 'FI-'],
  FR: ['33', '0', 'F-'],
  GB: ['44', '0', ''],
  IE: ['353', '0', ''],
  IS: ['354', '', 'IS-'],
  IT: ['39', '', 'I-'],
  LU: ['352', '', 'L-'],
  NL: ['31', '0', 'NL-'],
  NO: ['47', '', 'NO-'],
  PL: ['48', '', 'PL-'],
  PT: ['351', '', 'P-'],
  SE: ['46', '0', 'SE-'],
  US: ['1', '1', ''],
}

export const COUNTRIES: readonly CountryFacts[] = CODES.trim()
  .split(/\s+/)
  .map((entry) => {
    const code = entry.slice(0, 2)
    const [dialIn, interArea, zipPrefix] = DETAILS[code] ?? ['', '', '']
    return { code, alpha3: entry.slice(2, 5), id: Number(entry.slice(5)), dialIn, interArea, zipPrefix }
  })

const BY_CODE: ReadonlyMap<string, CountryFacts> = new Map(COUNTRIES.map((facts) => [facts.code, facts]))
const BY_ID: ReadonlyMap<number, CountryFacts> = new Map(COUNTRIES.map((facts) => [facts.id, facts]))

export function countryWithCode(code: string): CountryFacts | undefined {
  return BY_CODE.get(code)
}

export function countryWithId(id: number): CountryFacts | undefined {
  return BY_ID.get(id)
}

/** Made when it is first asked for: making it takes longer than loading all the rest of this dialect. */
let displayNames: Intl.DisplayNames | undefined

/** Asking for a name costs more than all else that a view does with a country. */
const englishNames = new Map<string, string>()

export function englishNameOf({ code }: CountryFacts): string {
  const known = englishNames.get(code)
  if (known !== undefined) return known
  displayNames ??= new Intl.DisplayNames('en', { type: 'region' })
  const name = displayNames.of(code) ?? code
  englishNames.set(code, name)
  return name
}
