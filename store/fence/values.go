package fence

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/duckdb/duckdb-go/v2"
)

// answerType is the type of a column once its cells are plain.
func answerType(kind string) string {
	switch kind {
	case "BOOLEAN", "DATE":
		return kind
	case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "HUGEINT":
		return "BIGINT"
	case "FLOAT", "DOUBLE":
		return "DOUBLE"
	}
	return "VARCHAR"
}

// plain brings a value of any type down to those that answers have.
func plain(value any, kind string) any { //nolint:gocyclo,cyclop // one line a type
	switch v := value.(type) {
	case nil, bool, int64, string:
		return v
	case int8:
		return int64(v)
	case int16:
		return int64(v)
	case int32:
		return int64(v)
	case uint8:
		return int64(v)
	case uint16:
		return int64(v)
	case uint32:
		return int64(v)
	case uint64:
		return strconv.FormatUint(v, 10)
	case float32:
		text := strconv.FormatFloat(float64(v), 'g', -1, 32)
		f, err := strconv.ParseFloat(text, 64) // 0.1 stays 0.1
		if err != nil {
			return text
		}
		return finite(f)
	case float64:
		return finite(v)
	case *big.Int:
		if v.IsInt64() && kind == "HUGEINT" {
			return v.Int64()
		}
		return v.String()
	case time.Time:
		if kind == "DATE" && v.Year() > 0 && v.Year() < 10000 {
			return v
		}
	}
	return text(value, kind)
}

func finite(f float64) any {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return text(f, "DOUBLE")
	}
	return f
}

// text writes a value as DuckDB would in a shell, near enough to be read: [1, 2], {'a': 1}, 2014-12-31 10:00:00.
func text(value any, kind string) string { //nolint:gocyclo,cyclop // one line a type
	switch v := value.(type) {
	case nil:
		return "NULL"
	case string:
		return v
	case float64:
		return strings.ToLower(strings.TrimPrefix(strconv.FormatFloat(v, 'g', -1, 64), "+"))
	case time.Time:
		return moment(v, kind)
	case duckdb.Decimal:
		return decimal(v)
	case duckdb.Interval:
		return fmt.Sprintf("%d months %d days %s", v.Months, v.Days, time.Duration(v.Micros)*time.Microsecond)
	case duckdb.Union:
		return text(v.Value, "")
	case []byte:
		if kind == "UUID" && len(v) == 16 {
			return fmt.Sprintf("%x-%x-%x-%x-%x", v[:4], v[4:6], v[6:8], v[8:10], v[10:])
		}
		return `\x` + hex.EncodeToString(v)
	case []any:
		if kind == "JSON" {
			return asJSON(v)
		}
		return "[" + strings.Join(textsOf(v), ", ") + "]"
	case map[string]any:
		if kind == "JSON" {
			return asJSON(v)
		}
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, "'"+name+"': "+text(v[name], ""))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case duckdb.OrderedMap:
		var parts []string
		values := v.Values()
		for i, key := range v.Keys() {
			parts = append(parts, text(key, "")+"="+text(values[i], ""))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return fmt.Sprint(value)
}

// decimal writes a decimal with the places of its type: the driver's own text drops zeros at the end.
func decimal(d duckdb.Decimal) string {
	digits, places := d.Value.String(), int(d.Scale)
	if places == 0 {
		return digits
	}
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	if missing := places + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	return sign + digits[:len(digits)-places] + "." + digits[len(digits)-places:]
}

func textsOf(values []any) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = text(v, "")
	}
	return all
}

func asJSON(value any) string {
	written, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(written)
}

// moment writes a day, a time or a moment, as fine as it is.
func moment(t time.Time, kind string) string {
	layout := "2006-01-02 15:04:05.999999999"
	switch {
	case t.Year() > 9999 && strings.HasPrefix(kind, "TIMESTAMP") || t.Year() > 5_000_000:
		return "infinity"
	case t.Year() < -200_000:
		return "-infinity"
	case kind == "TIME" || kind == "TIMETZ" || kind == "TIME WITH TIME ZONE":
		layout = "15:04:05.999999999"
	case kind == "DATE" || kind == "" && t.Equal(t.Truncate(24*time.Hour)):
		layout = time.DateOnly
	case kind == "TIMESTAMPTZ" || kind == "TIMESTAMP WITH TIME ZONE":
		layout += "Z07:00"
	}
	return t.Format(layout)
}
