package analysis_test

import (
	"testing"
	"time"

	"koblet/analysis"
	"koblet/registers/synthetic"
)

// TestFalseLinksAreFound: of every rule as many couplings are impossible as the registers were made with, and the planted share lies in the
// interval; each rule has couplings that were planted to break it, and the union of the rules is at most their sum.
func TestFalseLinksAreFound(t *testing.T) {
	for _, seed := range []uint64{3, 8, 21} {
		s, truth := inventedStoreOf(t, synthetic.Options{Permits: 20000, Seed: seed, AsOf: []time.Time{on(2014, 12, 31)}})
		r := answerOf(t, s, on(2014, 12, 31), "impossible_links_by_rule", analysis.Scope{})
		made, planted, sum := truth.AsOf[0].Coupled, truth.AsOf[0].Faults, int64(0)
		if len(r.Rows) != 7 || len(made.Impossible) != 7 {
			t.Fatalf("seed %d: %d rules counted, %d made, want six and any", seed, len(r.Rows), len(made.Impossible))
		}
		for i := range r.Rows {
			rule := r.Value(i, "rule").(string)
			want, share := made.Impossible[rule], made.Shares[rule]
			fail, total := r.Value(i, "fail").(int64), r.Value(i, "total").(int64)
			if !within(fail, want, 2) || want == 0 || !within(total, made.Permits, 5) {
				t.Errorf("seed %d: %s: %d of %d cannot be right, made were %d of %d", seed, rule, fail, total, want, made.Permits)
			}
			if low, high := r.Value(i, "rate_low").(float64), r.Value(i, "rate_high").(float64); share < low || share > high {
				t.Errorf("seed %d: %s: the planted share %.5f is not in %.5f–%.5f", seed, rule, share, low, high)
			}
			if rule != "any" {
				sum += want
			}
		}
		if union := made.Impossible["any"]; union > sum || union < sum*8/10 {
			t.Errorf("seed %d: %d couplings break a rule, the rules together %d", seed, union, sum)
		}
		for kind, rule := range map[string]string{"gone_before_decision": "gone_before_decision", "link_before_number": "number_begun_after_link",
			"link_before_birth": "linked_before_birth", "birth_date_differs": "birth_date_at_odds", "sex_differs": "sex_at_odds",
			"shared_duplicate": "number_on_several_persons"} {
			if planted[kind] == 0 || planted[kind] > 3*made.Impossible[rule] {
				t.Errorf("seed %d: %s: %d planted, %d couplings break the rule", seed, kind, planted[kind], made.Impossible[rule])
			}
		}
	}
}

// TestLinksThroughLaterPermitsAreFound: of the first permits of each year as many were linked through a later one as the registers were made
// with, the planted share lies in the interval, and more than half of them were planted.
func TestLinksThroughLaterPermitsAreFound(t *testing.T) {
	for _, seed := range []uint64{3, 8, 21} {
		s, truth := inventedStoreOf(t, synthetic.Options{Permits: 60000, Seed: seed, AsOf: []time.Time{on(2014, 12, 31)}})
		r := answerOf(t, s, on(2014, 12, 31), "linked_through_later_permit_by_year", analysis.Scope{})
		row := map[int64]int{}
		for i := range r.Rows {
			if year, ok := r.Value(i, "year").(int64); ok {
				row[year] = i
			}
		}
		all := int64(0)
		for _, c := range truth.AsOf[0].Later {
			i, ok := row[c.Year]
			if !ok {
				t.Fatalf("seed %d: first permits of %d are made and not counted", seed, c.Year)
			}
			pass, fail := r.Value(i, "pass").(int64), r.Value(i, "fail").(int64)
			if all += c.ThroughLater; !within(fail, c.ThroughLater, 1) || !within(pass+fail, c.Linked, 5) {
				t.Errorf("seed %d: %d: %d of %d through a later permit, made were %d of %d", seed, c.Year, fail, pass+fail, c.ThroughLater, c.Linked)
			}
			if low, high := r.Value(i, "rate_low").(float64), r.Value(i, "rate_high").(float64); c.Share < low || c.Share > high {
				t.Errorf("seed %d: %d: the planted share %.4f is not in %.4f–%.4f", seed, c.Year, c.Share, low, high)
			}
		}
		if planted := truth.AsOf[0].Faults["linked_through_later_permit"]; planted < 20 || 2*planted < all || planted > all {
			t.Errorf("seed %d: %d through a later permit were planted of %d", seed, planted, all)
		}
	}
}

func within(n, of, by int64) bool { return n >= of-by && n <= of+by }
