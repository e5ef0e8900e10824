package store

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"koblet/registers"
)

// projection is the one place where SQL is made of an extract's own shape: the view that gives the register's columns, as
// text, from the files' columns. The files' names for them never enter: columns are known by position. What the file
// does not have is NULL in every row; delivered_columns tells that from empty values.
func projection(table registers.Table, inputs []input) string {
	var parts []string
	for _, in := range inputs {
		if in.table.Name == table.Name {
			parts = append(parts, "select "+selected(table, in)+" from "+in.scan())
		}
	}
	if len(parts) == 0 {
		parts = append(parts, "select "+selected(table, input{})+" where false")
	}
	return "create temp view extract_" + table.Name + " as " + strings.Join(parts, " union all ")
}

// scan is the table function that reads an extract. Its columns come from the file alone: a folder called «decision=granted»
// is not a value of each row.
func (e *extract) scan() string {
	columns := make([]string, len(e.columns))
	if e.format == "parquet" {
		for i := range columns {
			columns[i] = fmt.Sprintf("c%d", i)
		}
		return fmt.Sprintf("read_parquet(%s, hive_partitioning = false) as delivered(%s)", literal(oneFile(e.read)), strings.Join(columns, ", "))
	}
	for i := range columns {
		columns[i] = fmt.Sprintf("'c%d': 'VARCHAR'", i)
	}
	delimiter := ","
	if e.delimiter != 0 && e.format == "csv" {
		delimiter = string(e.delimiter)
	}
	return fmt.Sprintf("read_csv(%s, columns = {%s}, header = true, auto_detect = false, delim = %s, "+
		`quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = true, compression = 'none', new_line = %s, max_line_size = 4194304, hive_partitioning = false)`,
		literal(oneFile(e.read)), strings.Join(columns, ", "), literal(delimiter), literal(e.newLine))
}

// selected lists the fields of a table in their order, an empty value being no value.
func selected(table registers.Table, in input) string {
	fields := table.Fields
	if table.Name == registers.CPRPersons.Name {
		fields = append(slices.Clip(fields), protectedField)
	}
	list := make([]string, len(fields))
	blanks := []string{"0"}
	compared := 0
	for i, field := range fields {
		list[i] = "null::varchar as " + field.Name
		for at, name := range in.header.Fields {
			if name == field.Name {
				list[i] = in.expression(field, at) + " as " + field.Name
				if field.Compared() && !in.bare {
					blanks = append(blanks, fmt.Sprintf("case when blanks_around(%s) then %d else 0 end", in.text(at), 1<<compared))
				}
			}
		}
		if field.Compared() {
			compared++
		}
	}
	// One bit a field that is compared, in their order: load/find_* says which column it is.
	list = append(list, "("+strings.Join(blanks, " + ")+")::utinyint as blanks")
	if table.Name == registers.Carl2Persons.Name {
		// Of several files one may have the column: who is in the others is not known to be abroad.
		list = append(list, fmt.Sprintf("%t as entered_on_delivered", slices.Contains(in.header.Fields, "entered_on")))
	}
	return strings.Join(list, ", ")
}

// expression reads one column of an extract as the profile says.
func (in input) expression(field registers.Field, at int) string {
	text := in.text(at)
	if field.Compared() && !in.bare {
		text = fmt.Sprintf("without_blanks(%s)", text)
	}
	if missing := slices.DeleteFunc(slices.Clone(in.profile.Missing), func(m string) bool { return m == "" }); len(missing) > 0 {
		for i := range missing {
			missing[i] = literal(field.Bare(missing[i]))
		}
		text = fmt.Sprintf("case when %s in (%s) then null else %s end", text, strings.Join(missing, ", "), text)
	}
	if values := in.profile.Values[field.Name]; len(values) > 0 {
		var cases strings.Builder
		for _, theirs := range slices.Sorted(maps.Keys(values)) {
			fmt.Fprintf(&cases, " when %s then %s", literal(field.Bare(theirs)), literal(values[theirs]))
		}
		text = fmt.Sprintf("case %s%s else %s end", text, cases.String(), text)
	}
	if typed := in.format == "parquet" && in.kinds[at] != "VARCHAR"; field.Kind == registers.Date && in.profile.Dates != "" && !typed {
		text = fmt.Sprintf("iso_day(%s, %s)", text, literal(in.profile.Dates))
	}
	return text
}

// text is one column of an extract as text.
func (in input) text(at int) string {
	switch {
	case in.format != "parquet":
		return fmt.Sprintf("c%d", at)
	case in.kinds[at] == instant:
		return fmt.Sprintf("instant_text(c%d)", at)
	case strings.HasPrefix(in.kinds[at], "TIMESTAMP"):
		return fmt.Sprintf("timestamp_text(c%d)", at)
	}
	return fmt.Sprintf("parquet_text(c%d)", at)
}

// oneFile writes a path so that the database takes it for that file and no pattern: «extract[1].csv» would be extract1.csv.
func oneFile(path string) string {
	return strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(path)
}

// literal quotes a text for SQL.
func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
