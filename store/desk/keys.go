package desk

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/duckdb/duckdb-go/v2"

	"koblet/queries"
)

// RegisterKeys gives the load's SQL the three functions person_key, number_key and permit_key: the keys that stand for
// identifiers in everything that questions read; and those by which texts are judged.
//
// A key is the first 64 bits of SHA-256 over the store's secret, a letter for what is keyed, and the text. Cutting the hash
// off is also what makes a plain prefix with the secret safe: nobody can go on from a state they do not see. Two of
// ten million texts share a key in one store of 370,000; the second would be rejected as repeated, so it is seen.
//
// They are functions of Go because the processor's own SHA-256 takes a third of the time of DuckDB's, and because the secret
// then never enters a statement.
func RegisterKeys(conn *sql.Conn, secret string) error {
	text, err := duckdb.NewTypeInfo(duckdb.TYPE_VARCHAR)
	if err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	key, err := duckdb.NewTypeInfo(duckdb.TYPE_UBIGINT)
	if err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	if err := registerTexts(conn, text); err != nil {
		return err
	}
	for name, letter := range map[string]string{"person_key": "p", "number_key": "n", "permit_key": "s"} {
		k := keying{prefix: []byte(secret + letter), in: text, out: key}
		if err := duckdb.RegisterScalarUDF(conn, name, k); err != nil {
			return fmt.Errorf("keys: %w", err)
		}
	}
	return nil
}

// keyOf makes one key, as the functions do.
func keyOf(prefix []byte, text string) uint64 {
	sum := sha256.Sum256(append(prefix, text...))
	return binary.BigEndian.Uint64(sum[:8])
}

// KeptBy reports whether the keys of the attached identities are those that a secret makes. Where there are no keys, they are.
func KeptBy(ctx context.Context, conn *sql.Conn, secret string) (bool, error) {
	rows, err := conn.QueryContext(ctx, queries.Script("verify/one_key"))
	if err != nil {
		return false, err
	}
	defer rows.Close()
	for rows.Next() {
		var letter, text string
		var made uint64
		if err := rows.Scan(&letter, &text, &made); err != nil {
			return false, err
		}
		if keyOf([]byte(secret+letter), text) != made {
			return false, nil
		}
	}
	return true, rows.Err()
}

// keying is one such function. Nothing has no key.
type keying struct {
	prefix  []byte
	in, out duckdb.TypeInfo
}

// Config says that the function takes a text and gives a whole number of 64 bits.
func (k keying) Config() duckdb.ScalarFuncConfig {
	return duckdb.ScalarFuncConfig{InputTypeInfos: []duckdb.TypeInfo{k.in}, ResultTypeInfo: k.out}
}

// Executor keys the text of a row. It asks for no context, as that of judging does not.
func (k keying) Executor() duckdb.ScalarFuncExecutor {
	return duckdb.ScalarFuncExecutor{RowExecutor: func(values []driver.Value) (any, error) {
		text, ok := values[0].(string)
		if !ok {
			return nil, errors.New("a key of what is no text")
		}
		var buffer [128]byte
		return keyOf(append(buffer[:0], k.prefix...), text), nil
	}}
}
