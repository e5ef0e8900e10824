package synthetic

import (
	"strings"
	"testing"
)

func TestNumbersCannotHaveBeenIssued(t *testing.T) {
	x := invent(t, Options{Permits: 20_000, Seed: 11, Danes: 3000})
	seen, january := map[string]int{}, 0
	for _, r := range x.cpr[0] {
		n := number([]byte(r["cpr_number"]))
		if n.remainder() != 1 {
			t.Fatalf("a number leaves remainder %d", n.remainder())
		}
		if !wellFormed(r["cpr_number"]) || strings.HasPrefix(r["cpr_number"], "0101") {
			t.Fatal("a number is not well formed or on 1 January")
		}
		if (n[9]-'0')%2 == 1 != (r["sex"] == "M") {
			t.Fatal("a number's last digit is of the other sex")
		}
		seen[r["cpr_number"]]++
		if dated := r["birth_date"][8:] + r["birth_date"][5:7] + r["birth_date"][2:4]; dated != r["cpr_number"][:6] {
			if !strings.HasSuffix(r["birth_date"], "-01-01") || r["cpr_number"][2:4] != "01" {
				t.Fatal("a number is not dated on the birth day, nor in January for who was born on the first")
			}
			if seen[r["cpr_number"]] == 1 {
				january++
			}
		}
	}
	planted := x.planted.AsOf[0].Faults
	if len(x.cpr[0]) != len(seen) {
		t.Errorf("%d rows for %d numbers: a load would reject the second row of a number", len(x.cpr[0]), len(seen))
	}
	if int64(january) != planted["january_first"] || january < 300 {
		t.Errorf("born on 1 January: %d, planted %d", january, planted["january_first"])
	}
}

func TestADayWithoutNumbersGivesTheNext(t *testing.T) {
	n := newNumbers(1)
	born, used := dateOf(1990, 5, 17), map[number]bool{}
	for range 600 {
		got, dated, err := n.next(born, 'K', 1)
		if err != nil || used[got] || got.remainder() != 1 || dated < born || dated > born+2 {
			t.Fatalf("after %d numbers: dated %d days later, remainder %d, error %v", len(used), dated-born, got.remainder(), err)
		}
		used[got] = true
	}
}

// Where a whole year and more is used up, people are made older, back over a 1 January, which has no numbers.
func TestAYearWithoutNumbersMakesOlder(t *testing.T) {
	n := newNumbers(1)
	born := dateOf(1990, 1, 2)
	for d := born; d < born+420; d++ {
		for y, m, dom := d.date(); ; {
			if _, ok := n.take(d, 'M', [3]int{y, m, dom}); !ok {
				break
			}
		}
	}
	for _, at := range []day{born, born + 1, born + 400} {
		if got := n.room(at, 'M'); got != dateOf(1989, 12, 31) {
			t.Errorf("room of day %d is day %d, want %d", at, got, dateOf(1989, 12, 31))
		}
	}
	if got, dated, err := n.next(born-1, 'M', 1); err != nil || dated != dateOf(1989, 12, 31) || string(got[:6]) != "311289" {
		t.Errorf("born on 1 January: the next number is %s, dated on day %d, error %v", got[:], dated, err)
	}
	if got := n.room(born+1, 'K'); got != born+1 {
		t.Errorf("room for a woman is day %d, want the birth day %d", got, born+1)
	}
	if got, dated, err := n.next(born, 'M', 1); err != nil || dated != dateOf(1989, 12, 31) || string(got[:6]) != "311289" {
		t.Errorf("the next number is %s, dated on day %d, error %v", got[:], dated, err)
	}
	for d := dateOf(1908, 6, 1); d < born; d++ {
		n.full[dayKey(d, 'M')] = dayKey(d-1, 'M')
		n.used[dayKey(d, 'M')] = 10_000
	}
	if got := n.room(born, 'M'); got != born {
		t.Errorf("where all is used up, room is day %d, want the birth day %d", got, born)
	}
	if _, _, err := n.next(born, 'M', 1); err == nil || !strings.Contains(err.Error(), "too many persons for invented numbers") {
		t.Errorf("where all is used up the error is %v", err)
	}
}

// faultRows counts in the files of a folder what each kind of fault leaves there, without looking at how it was planted.
func (x *invented) faultRows(folder int) map[string]int64 {
	n := map[string]int64{}
	count := func(kind string, is bool) {
		if is {
			n[kind]++
		}
	}
	permits, persons := map[string]bool{}, map[string]bool{}
	for _, r := range x.persons[folder] {
		persons[r["person_id"]] = true
		count("link_date_missing", r["cpr_number"] != "" && r["cpr_linked_on"] == "")
		count("link_date_future", r["cpr_linked_on"] > "2050")
		count("birth_date_missing", r["birth_date"] == "")
		count("birth_date_impossible", r["birth_date"] != "" && !isDate(r["birth_date"]))
		count("citizenship_missing", r["citizenship"] == "")
		count("citizenship_unknown", r["citizenship"] == "5998")
		count("sex_unknown", r["sex"] == "U")
		count("malformed_number", r["cpr_number"] != "" && !wellFormed(r["cpr_number"]) && !isReplacement(r["cpr_number"]))
		count("replacement_number", isReplacement(r["cpr_number"]))
	}
	for _, r := range x.permits[folder] {
		if permits[r["permit_id"]] {
			n["a permit-id twice, which a load would reject"]++
		}
		permits[r["permit_id"]] = true
		count("decided_future", r["decided_on"] > "2050")
		count("decided_impossible", r["decision"] != "pending" && !isDate(r["decided_on"]))
		count("basis_missing", r["legal_basis"] == "")
		count("group_unknown", r["person_group"] == "gruppe_77")
		count("category_unknown", r["category"] == "diverse")
		count("municipality_missing", r["municipality_code"] == "")
		count("municipality_unknown", r["municipality_code"] == "0999")
		count("lapse_day_missing", (r["decision"] == "lapsed" || r["decision"] == "revoked") && r["lapsed_on"] == "")
		basis := r["legal_basis"]
		count("basis_unknown", basis == "§ 17 a" || basis == "§ 9 q" || basis == "dispensation")
	}
	holders := map[string]bool{}
	for _, r := range x.permits[folder] {
		holders[r["person_id"]] = true
	}
	for id := range holders {
		count("permit_without_person", !persons[id])
	}
	return n
}

func isReplacement(text string) bool {
	return len(text) == 10 && text[0] >= '6' && text[0] <= '9' && wellFormed(string(text[0]-6)+text[1:])
}

func TestFaultsAreInTheFilesAsOftenAsPlanted(t *testing.T) {
	x := invent(t, Options{Permits: 50_000, Seed: 21, AsOf: studyDays()})
	for i, day := range x.planted.AsOf {
		for kind, n := range x.faultRows(i) {
			// repeated rows repeat what is wrong with them
			slack := n/50 + 3
			if d := n - day.Faults[kind]; d < 0 || d > slack {
				t.Errorf("%s: %s: %d rows in the files, %d planted", day.Day, kind, n, day.Faults[kind])
			}
		}
	}
	last := x.planted.AsOf[len(x.planted.AsOf)-1].Faults
	if len(last) != int(faultKinds) {
		t.Errorf("kinds in truth.json: %d, want %d", len(last), faultKinds)
	}
	for kind, n := range last {
		if n == 0 && kind != "day_full" {
			t.Errorf("%s: none planted", kind)
		}
	}
	kinds := map[string]int64{}
	for _, r := range x.truth {
		kinds[r["kind"]]++
	}
	for _, kind := range []string{"malformed_number", "replacement_number", "mistyped_number", "number_of_nobody", "superseded_changed",
		"superseded_double", "superseded_annulled", "superseded_chain", "superseded_loop", "shared_borrowed", "shared_duplicate"} {
		if kinds[kind] != last[kind] {
			t.Errorf("%s: %d in truth.csv, %d in truth.json", kind, kinds[kind], last[kind])
		}
	}
}

// compare says what stands in the registers about one true pair.
func (x *invented) compare(folder int) map[string]func(r, carl2, cpr record) bool {
	byNumber := map[string]record{}
	for _, r := range x.cpr[folder] {
		byNumber[r["cpr_number"]] = r
	}
	status := func(want string) func(r, carl2, cpr record) bool {
		return func(r, carl2, _ record) bool {
			old := byNumber[carl2["cpr_number"]]
			return carl2["cpr_number"] != r["cpr_number"] && old["status"] == want && old["current_cpr_number"] == r["cpr_number"]
		}
	}
	inCPR := func(number string) bool { return byNumber[number] != nil }
	dated := func(column string) func(r, carl2, cpr record) bool {
		return func(_, carl2, cpr record) bool {
			return carl2["cpr_linked_on"] < cpr[column] || carl2["cpr_linked_on"] > "2050"
		}
	}
	return map[string]func(r, carl2, cpr record) bool{
		"unlinked": func(_, carl2, _ record) bool { return carl2["cpr_number"] == "" },
		"linked": func(r, carl2, cpr record) bool {
			return carl2["cpr_number"] == r["cpr_number"] && cpr["status"] < "30" || cpr["status"] > "60"
		},
		"superseded_changed": status("60"), "superseded_double": status("50"), "superseded_annulled": status("30"),
		"superseded_chain": func(r, carl2, _ record) bool {
			next := byNumber[byNumber[carl2["cpr_number"]]["current_cpr_number"]]
			return next["cpr_number"] == r["cpr_number"] || next["current_cpr_number"] == r["cpr_number"]
		},
		"mistyped_number": func(r, carl2, _ record) bool {
			n := number([]byte(carl2["cpr_number"]))
			return wellFormed(carl2["cpr_number"]) && !inCPR(carl2["cpr_number"]) && n.remainder() > 1
		},
		"number_of_nobody": func(r, carl2, _ record) bool {
			n := number([]byte(carl2["cpr_number"]))
			return !inCPR(carl2["cpr_number"]) && n.remainder() == 1
		},
		"shared_borrowed": func(r, carl2, _ record) bool {
			return inCPR(carl2["cpr_number"]) && carl2["cpr_number"] != r["cpr_number"]
		},
		"shared_duplicate":   func(r, carl2, _ record) bool { return carl2["cpr_number"] != "" && inCPR(carl2["cpr_number"]) },
		"replacement_number": func(_, carl2, _ record) bool { return isReplacement(carl2["cpr_number"]) },
		"malformed_number":   func(_, carl2, _ record) bool { return !wellFormed(carl2["cpr_number"]) },
		"gone_before_decision": func(_, carl2, cpr record) bool {
			return cpr["status"] >= "70" && cpr["status_from"] < carl2["cpr_linked_on"] && carl2["cpr_number"] == cpr["cpr_number"]
		},
		"link_before_number": dated("registered_on"), "link_before_birth": dated("birth_date"),
	}
}

func TestTruthIsWhatTheRegistersHold(t *testing.T) {
	x := invent(t, Options{Permits: 30_000, Seed: 8, AsOf: studyDays()})
	last := len(x.Folders) - 1
	is := x.compare(last)
	carl2, cpr := map[string]record{}, map[string]record{}
	for _, r := range x.persons[last] {
		if carl2[r["person_id"]] == nil || r["cpr_linked_on"] >= carl2[r["person_id"]]["cpr_linked_on"] {
			carl2[r["person_id"]] = r
		}
	}
	for _, r := range x.cpr[last] {
		cpr[r["cpr_number"]] = r
	}
	births, sexes := int64(0), int64(0)
	for _, r := range x.truth {
		a, b := carl2[r["person_id"]], cpr[r["cpr_number"]]
		if b == nil {
			t.Fatalf("%s: the true number is not in CPR", r["kind"])
		}
		if r["kind"] == "permit_without_person" {
			continue
		}
		if a == nil {
			t.Fatalf("%s: the person is not in CARL2", r["kind"])
		}
		if check := is[r["kind"]]; check != nil && !check(r, a, b) {
			t.Errorf("%s: the registers do not stand so", r["kind"])
		}
		if r["kind"] != "shared_duplicate" && isDate(a["birth_date"]) && a["birth_date"] != b["birth_date"] {
			births++
		}
		if r["kind"] != "shared_duplicate" && a["sex"] != "U" && a["sex"] != b["sex"] {
			sexes++
		}
	}
	planted := x.planted.AsOf[last].Faults
	if births != planted["birth_date_differs"] || sexes != planted["sex_differs"] {
		t.Errorf("birth dates that differ: %d, planted %d; sexes: %d, planted %d", births, planted["birth_date_differs"], sexes, planted["sex_differs"])
	}
	if len(x.truth) < 15_000 {
		t.Errorf("true pairs: %d", len(x.truth))
	}
}

func TestAnEarlierFolderIsTheSameRegisterEarlier(t *testing.T) {
	x := invent(t, Options{Permits: 15_000, Seed: 6, AsOf: studyDays()})
	for i := range x.Folders[:len(x.Folders)-1] {
		day := x.planted.AsOf[i].Day
		later := map[string]record{}
		for _, r := range x.persons[i+1] {
			later[r["person_id"]] = r
		}
		for _, r := range x.persons[i] {
			l := later[r["person_id"]]
			if l == nil || l["family_name"] != r["family_name"] || l["birth_date"] != r["birth_date"] || l["sex"] != r["sex"] {
				t.Fatalf("%s: a person is another later", day)
			}
			if r["cpr_number"] != "" && l["cpr_number"] == "" || r["cpr_linked_on"] > day && r["cpr_linked_on"] < "2050" {
				t.Fatalf("%s: a link is gone later, or made later", day)
			}
		}
		cases := map[string]record{}
		for _, r := range x.permits[i+1] {
			cases[r["permit_id"]] = r
		}
		for _, r := range x.permits[i] {
			l := cases[r["permit_id"]]
			if l == nil || r["decision"] != "pending" && l["decided_on"] != r["decided_on"] || r["decision"] == "granted" && l["decision"] == "refused" {
				t.Fatalf("%s: a case is another later", day)
			}
			if isDate(r["decided_on"]) && r["decided_on"] > day && r["decided_on"] < "2050" || r["lapsed_on"] > day {
				t.Fatalf("%s: a day lies after the as-of day", day)
			}
		}
		for _, r := range x.cpr[i] {
			for _, column := range []string{"status_from", "resident_from", "registered_on", "immigrated_on"} {
				if r[column] > day {
					t.Fatalf("%s: %s lies after the as-of day", day, column)
				}
			}
		}
	}
}
