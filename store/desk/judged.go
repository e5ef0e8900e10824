package desk

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/duckdb/duckdb-go/v2"

	"koblet/registers"
)

// registerTexts gives the load's SQL the functions by which package registers judges a text that stands where a code or a day should.
func registerTexts(conn *sql.Conn, text duckdb.TypeInfo) error {
	truth, err := duckdb.NewTypeInfo(duckdb.TYPE_BOOLEAN)
	if err != nil {
		return fmt.Errorf("judged texts: %w", err)
	}
	for name, f := range map[string]judging{
		"plain_text":      {text, text, func(s string) any { return registers.Plain(s) }},
		"could_identify":  {text, truth, func(s string) any { return registers.CouldIdentify(s) }},
		"cites":           {text, truth, func(s string) any { return registers.Cites(s) }},
		"day_may_be_seen": {text, truth, func(s string) any { return registers.DayMayBeSeen(s) }},
		"day_keys":        {text, text, func(s string) any { return registers.DayKeys(s) }},
		"id_keys":         {text, text, func(s string) any { return registers.IDKeys(s) }},
	} {
		if err := duckdb.RegisterScalarUDF(conn, name, f); err != nil {
			return fmt.Errorf("judged texts: %w", err)
		}
	}
	return nil
}

// judging is one such function, of a text. Nothing gives nothing.
type judging struct {
	in, out duckdb.TypeInfo
	judge   func(string) any
}

// Config says what the function takes and gives.
func (j judging) Config() duckdb.ScalarFuncConfig {
	return duckdb.ScalarFuncConfig{InputTypeInfos: []duckdb.TypeInfo{j.in}, ResultTypeInfo: j.out}
}

// Executor judges the text of a row. It asks for no context: the driver would keep one for all threads, and write it from each.
func (j judging) Executor() duckdb.ScalarFuncExecutor {
	return duckdb.ScalarFuncExecutor{RowExecutor: func(values []driver.Value) (any, error) {
		text, ok := values[0].(string)
		if !ok {
			return nil, errors.New("a text to be judged that is none")
		}
		return j.judge(text), nil
	}}
}
