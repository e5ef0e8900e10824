package extract

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"koblet/registers"
	"koblet/store/desk"
)

// Projection is the one place where SQL is made of an extract's own shape: the view that gives the register's columns, as
// text, from the files' columns. The files' names for them never enter: columns are known by position. What the file
// does not have is NULL in every row; delivered_columns tells that from empty values.
func Projection(table registers.Table, inputs []Input) string {
	var parts []string
	for _, in := range inputs {
		if in.Table.Name == table.Name {
			parts = append(parts, "select "+selected(table, in)+" from "+in.texts())
		}
	}
	if len(parts) == 0 {
		parts = append(parts, "select "+selected(table, Input{})+" where false")
	}
	return "create view extract_" + table.Name + " as " + strings.Join(parts, " union all ")
}

// Typed gives a column of a text the type that its values have, so that no row's text is kept: days as days where all are written in
// ISO's form, codes as one of the few that there are. A column that is read any other way than as it is stays a text.
func (in Input) Typed() {
	if in.Types == nil {
		in.Types = make([]string, len(in.Columns))
	}
	for at, name := range in.header.Fields {
		field, known := in.Table.Field(name)
		if !known || at >= len(in.Values) || !in.plain(field, at) || in.missing(field) != "" || len(in.profile.Values[name]) > 0 {
			continue
		}
		switch v := in.Values[at]; {
		case v.Days && in.profile.Dates == "":
			in.Types[at] = "DATE"
		case v.Codes != nil && name == "sex" && slices.ContainsFunc(v.Codes, func(sex string) bool { return sex != "K" && sex != "M" }):
			// read by sex_of
		case v.Codes != nil:
			in.Types[at] = in.TextType()
		}
	}
}

// TextType is the type of the codes of its table, as load/text_types makes it.
func (in Input) TextType() string {
	if in.Table.Name == registers.Carl2Permits.Name {
		return "permit_text"
	}
	return "person_text"
}

// typeOf is the type that a column is read as.
func (e *extract) typeOf(at int) string {
	if at < len(e.Types) {
		return cmp.Or(e.Types[at], "VARCHAR")
	}
	return "VARCHAR"
}

// scan is the table function that reads an extract. Its columns come from the file alone: a folder called «decision=granted»
// is not a value of each row.
func (e *extract) scan() string {
	columns := make([]string, len(e.Columns))
	if e.Format == "parquet" {
		for i := range columns {
			columns[i] = fmt.Sprintf("c%d", i)
		}
		return fmt.Sprintf("read_parquet(%s, hive_partitioning = false) as delivered(%s)", desk.Literal(desk.OneFile(e.Read)), strings.Join(columns, ", "))
	}
	for i := range columns {
		columns[i] = fmt.Sprintf("'c%d': '%s'", i, e.typeOf(i))
	}
	delimiter := ","
	if e.delimiter != 0 && e.Format == "csv" {
		delimiter = string(e.delimiter)
	}
	return fmt.Sprintf("read_csv(%s, columns = {%s}, header = true, auto_detect = false, delim = %s, "+
		`quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = true, compression = 'none', new_line = %s, max_line_size = 4194304, hive_partitioning = false)`,
		desk.Literal(desk.OneFile(e.Read)), strings.Join(columns, ", "), desk.Literal(delimiter), desk.Literal(e.newLine))
}

// selected lists the fields of a table in their order, an empty value being no value.
func selected(table registers.Table, in Input) string {
	fields := table.Fields
	if table.Name == registers.CPRPersons.Name {
		fields = append(slices.Clip(fields), protectedField)
	}
	list := make([]string, len(fields), 2*len(fields))
	blanks := []string{"0"}
	compared := 0
	for i, field := range fields {
		list[i] = "null::varchar as " + field.Name
		day := "null::date"
		for at, name := range in.header.Fields {
			if name == field.Name && in.typeOf(at) == "DATE" {
				day = fmt.Sprintf("c%d", at)
			} else if name == field.Name {
				list[i] = in.expression(field, at) + " as " + field.Name
				if name == "sex" && in.typeOf(at) == "VARCHAR" {
					list[i] = "sex_of(" + in.expression(field, at) + ") as sex"
				}
				if field.Compared() && !in.bareAt(at) {
					blanks = append(blanks, fmt.Sprintf("case when blanks_around(c%d) then %d else 0 end", at, 1<<compared))
				}
			}
		}
		if field.Compared() {
			compared++
		}
		if field.Kind == registers.Date {
			list = append(list, day+" as "+field.Name+"_read")
		}
	}
	// One bit a field that is compared, in their order: load/find_* says which column it is.
	list = append(list, "("+strings.Join(blanks, " + ")+")::usmallint as blanks")
	if table.Name == registers.Carl2Persons.Name {
		// Of several files one may have the column: who is in the others is not known to be abroad.
		list = append(list, fmt.Sprintf("%t as entered_on_delivered", slices.Contains(in.header.Fields, "entered_on")))
	}
	return strings.Join(list, ", ")
}

// texts is the scan with every column a text, as the file has them (c0, c1 …). Where its texts are not read as they are it is there
// once more, as t0, t1 …: a text that is compared without blanks and with whole letters, a whole number as its digits, and what a
// spreadsheet did not know as nothing.
// Each step is a select of its own, for a macro writes its argument as often as it needs it.
func (in Input) texts() string {
	source := in.scan()
	all := make([]string, len(in.Columns))
	for i := range all {
		all[i] = fmt.Sprintf("c%d", i)
		if in.Format == "parquet" && in.header.Fields[i] != "" {
			field, _ := in.Table.Field(in.header.Fields[i])
			all[i] = fmt.Sprintf("%s(c%d) as c%d", parquetText(in.kinds[i], field.Kind == registers.Date), i, i)
		}
	}
	if in.Format == "parquet" {
		source = fmt.Sprintf("(select %s from %s)", strings.Join(all, ", "), source)
	}
	var bare, whole []string
	for i, name := range in.header.Fields {
		field, known := in.Table.Field(name)
		if !known || in.plain(field, i) {
			continue
		}
		text := in.compared(field, i)
		if in.marks(i).altered {
			text = fmt.Sprintf("case when error_value(c%d) then null else %s end", i, text)
		}
		bare = append(bare, fmt.Sprintf("%s as t%d", text, i))
		if in.numbered(field) && in.marks(i) != (marks{}) {
			whole = append(whole, fmt.Sprintf("whole_text(t%d) as t%d", i, i))
		}
	}
	if len(bare) > 0 {
		source = fmt.Sprintf("(select *, %s from %s)", strings.Join(bare, ", "), source)
	}
	if len(whole) > 0 {
		source = fmt.Sprintf("(select * replace (%s) from %s)", strings.Join(whole, ", "), source)
	}
	return source
}

// expression reads one column of an extract as the profile says.
func (in Input) expression(field registers.Field, at int) string {
	text := fmt.Sprintf("c%d", at)
	if !in.plain(field, at) {
		text = fmt.Sprintf("t%d", at)
	}
	if missing := in.missing(field); missing != "" {
		text = fmt.Sprintf("case when %s in (%s) then null else %s end", text, missing, text)
	}
	if values := in.profile.Values[field.Name]; len(values) > 0 {
		var cases strings.Builder
		for _, theirs := range slices.Sorted(maps.Keys(values)) {
			fmt.Fprintf(&cases, " when %s then %s", in.theirs(field, theirs), desk.Literal(values[theirs]))
		}
		text = fmt.Sprintf("case %s%s else %s end", text, cases.String(), text)
	}
	if typed := in.Format == "parquet" && isDay(in.kinds[at]); field.Kind == registers.Date && in.profile.Dates != "" && !typed {
		text = fmt.Sprintf("iso_day(%s, %s)", text, desk.Literal(in.profile.Dates))
	}
	return text
}

// plain reports whether the texts of a column are read as they are.
func (in Input) plain(field registers.Field, at int) bool {
	return in.marks(at) == (marks{}) && (!field.Compared() || in.bareAt(at) && in.composedAt(at))
}

// compared is one column as its texts are compared: without the blanks around them, and with letters as one character each.
func (in Input) compared(field registers.Field, at int) string {
	text := fmt.Sprintf("c%d", at)
	if field.Compared() && !in.bareAt(at) {
		text = fmt.Sprintf("without_blanks(%s)", text)
	}
	if field.Compared() && !in.composedAt(at) {
		text = fmt.Sprintf("composed(%s)", text)
	}
	return text
}

func (e *extract) bareAt(at int) bool { return e.bare || e.typed(at) }

func (e *extract) composedAt(at int) bool { return e.composed || e.typed(at) }

// typed reports whether a column is of a type that is none of texts, which have neither blanks nor letters.
func (e *extract) typed(at int) bool {
	return e.Format == "parquet" && !isText(e.kinds[at]) && !strings.HasPrefix(e.kinds[at], "ENUM(")
}

// missing lists the texts that stand for no value in a column; empty where none do.
func (in Input) missing(field registers.Field) string {
	var all []string
	for _, text := range in.profile.Missing {
		if text != "" {
			all = append(all, in.theirs(field, text))
		}
	}
	return strings.Join(all, ", ")
}

// theirs is a text of the profile as the texts of the column are by now, quoted.
func (in Input) theirs(field registers.Field, text string) string {
	text = field.Bare(text)
	if at := strings.LastIndexAny(text, ".,"); at > 0 && in.numbered(field) && (text[at+1:] == "0" || text[at+1:] == "00") && strings.Trim(text[:at], "0123456789") == "" {
		text = text[:at]
	}
	return desk.Literal(text)
}

// numbered reports whether a field's texts may be whole numbers: ids, codes and CPR-numbers, and days where a pattern reads them.
func (in Input) numbered(field registers.Field) bool {
	return field.Compared() && (field.Kind != registers.Date || in.profile.Dates != "")
}

// Altered finds the values of an extract that are no longer what they were: where a spreadsheet had none, and where the digits
// of a long number are lost. It is empty where the extract holds no sign of any.
func (in Input) Altered(first int64) string {
	var reasons, columns []string
	for at, name := range in.header.Fields {
		field, known := in.Table.Field(name)
		if !known {
			continue
		}
		reason := ""
		switch {
		case in.Format == "parquet" && lostDigits[in.kinds[at]] != "":
			reason = fmt.Sprintf("case when isfinite(c%d) and abs(c%d) >= %s then 'lost_digits' end", at, at, lostDigits[in.kinds[at]])
		case !in.marks(at).altered:
			continue
		default:
			text := fmt.Sprintf("c%d", at)
			if in.Format == "parquet" {
				text = parquetText(in.kinds[at], false) + "(" + text + ")"
			}
			reason = fmt.Sprintf("altered_how(%s, %t)", text, in.numbered(field) && field.Kind == registers.Text)
			if missing := in.missing(field); missing != "" { // who says so knows of it
				reason = fmt.Sprintf("case when %s in (%s) then null else %s end", text, missing, reason)
			}
		}
		columns = append(columns, fmt.Sprintf("{'name': '%s', 'reason': r%d}", field.Name, at))
		reasons = append(reasons, fmt.Sprintf("%s as r%d", reason, at))
	}
	if len(reasons) == 0 {
		return ""
	}
	return fmt.Sprintf("insert into found_rows select '%s', %d + row, found.name, found.reason from (select row, unnest([%s]) as found from "+
		"(select row_number() over () - 1 as row, %s from %s)) where found.reason is not null",
		in.Table.Name, first, strings.Join(columns, ", "), strings.Join(reasons, ", "), in.scan())
}

// NoRows finds what may be no row of a Parquet file: by its first column of texts, with all its texts, and by zero bytes in any of
// them, for which a record of CSV is rejected. It is empty where the file has none.
func (in Input) NoRows() string {
	first := -1
	texts := make([]string, len(in.Columns))
	var zeros []string
	for i, kind := range in.kinds {
		texts[i] = "''"
		if isText(kind) {
			texts[i] = fmt.Sprintf("coalesce(%s(c%d), '')", parquetText(kind, false), i)
			zeros = append(zeros, "contains("+texts[i]+", chr(0))")
			if first < 0 {
				first = i
			}
		}
	}
	if first < 0 {
		return ""
	}
	return fmt.Sprintf("select row, array_to_string(texts, chr(31)), zero from (select row_number() over () - 1 as row, %s as first, [%s] as texts, %s as zero from %s) "+
		"where zero or may_be_no_row(first, $names) order by row", texts[first], strings.Join(texts, ", "), strings.Join(zeros, " or "), in.scan())
}
