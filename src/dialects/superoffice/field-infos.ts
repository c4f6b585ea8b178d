import type { FieldDefinition } from './lens/field-definitions.ts'
import { encoded } from './wire/field-types.ts'
import { textIn } from './wire/texts.ts'

/** The vendor's FieldInfoBase. @see specs/superoffice.md 1.8 */
export function fieldInfoOf(field: FieldDefinition, language: string | undefined) {
  return {
    FieldType: field.info,
    FieldName: field.key,
    DisplayName: textIn(field.label, language),
    Description: textIn(field.tooltip, language),
    ShortLabel: textIn(field.shortLabel, language),
    HideLabel: field.isLabelHidden,
    HideField: false,
    IsIndexed: field.isIndexed,
    IsMandatory: field.isMandatory,
    IsReadOnly: field.isReadOnly,
    IsExternal: false,
    IsDisplayField: false,
    Rank: field.rank,
    TemplateVariableName: field.in === 'extra' ? null : templateVariableOf(field),
    TableRight: null,
    FieldProperties: {},
  }
}

const LINE_HEIGHT = 24
const LABEL_WIDTH = 120
const FIELD_WIDTH = 200

/** The vendor's UserDefinedFieldInfo: a field a line, in the order of their ranks. @see specs/superoffice.md 1.8 */
export function udefInfoOf(field: FieldDefinition, language: string | undefined) {
  const top = (field.rank - 1) * LINE_HEIGHT
  return {
    UDefFieldId: field.identity,
    ColumnId: field.identity,
    FieldDefault: encoded(field.kind, field.byDefault, 'udef'),
    FieldHeight: LINE_HEIGHT,
    FieldLabel: textIn(field.label, language),
    FieldLeft: LABEL_WIDTH,
    FieldTop: top,
    FieldType: field.type,
    FieldWidth: FIELD_WIDTH,
    FormatMask: '',
    HideLabel: field.isLabelHidden,
    IsIndexed: field.isIndexed,
    LabelHeight: LINE_HEIGHT,
    LabelLeft: 0,
    LabelTop: top,
    LabelWidth: LABEL_WIDTH,
    LastVersionId: field.identity,
    ListTableId: 0,
    IsMandatory: field.isMandatory,
    Type: 'Contact',
    Page1LineNo: 0,
    ProgId: field.progId,
    IsReadOnly: field.isReadOnly,
    ShortLabel: textIn(field.shortLabel, language),
    TabOrder: field.rank,
    TextLength: field.kind === 'text' ? field.length : 0,
    Tooltip: textIn(field.tooltip, language),
    UdefIdentity: field.identity,
    UDListDefinitionId: field.entries === undefined ? 0 : field.identity,
    Justification: 'Default',
    Version: 1,
    TemplateVariableName: templateVariableOf(field),
    HasBeenPublished: true,
    MdoListName: field.kind !== 'list' ? '' : field.list || `udlist${field.identity}`,
    TableRight: null,
    FieldProperties: {},
  }
}

/** Prefixes of the vendor's template variables, by what a field holds: `cs05` is a short text. */
const LETTERS: Readonly<Record<FieldDefinition['kind'], string>> = {
  integer: 'l',
  decimal: 'm',
  text: 's',
  date: 'd',
  datetime: 'd',
  time: 't',
  timespan: 't',
  checkbox: 'k',
  list: 'i',
}

function templateVariableOf({ kind, identity }: FieldDefinition): string {
  return `c${LETTERS[kind]}${String(identity).padStart(2, '0')}`
}
