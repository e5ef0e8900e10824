package synthetic

// fault is a kind of planted fault, or of planted oddity; faults.csv says what each is, of whom and how often.
type fault uint8

// The kinds, in the order of faultNames. At most one kind from malformedNumber to linkBeforeBirth befalls a person.
const (
	malformedNumber fault = iota
	replacementNumber
	mistypedNumber
	numberOfNobody
	supersededChanged
	supersededDouble
	supersededAnnulled
	supersededChain
	supersededLoop
	changedFollowed
	sharedBorrowed
	sharedDuplicate
	severalNumbers
	goneBeforeDecision
	linkBeforeNumber
	linkBeforeBirth
	repeatedPerson
	personWithoutPermit
	permitWithoutPerson
	birthDateDiffers
	sexDiffers
	birthDateMissing
	birthDateImpossible
	citizenshipMissing
	citizenshipUnknown
	sexUnknown
	enteredMissing
	linkDateMissing
	linkDateFuture
	basisUnknown
	basisMissing
	groupMissing
	groupUnknown
	categoryUnknown
	municipalityMissing
	municipalityUnknown
	decidedFuture
	decidedImpossible
	lapseDayMissing
	personIDMistyped
	personIDOfAnother
	januaryFirst
	dayFull
	nameVariant
	administrativeOverlooked
	municipalityOld
	protectedPerson
	annulledEntry
	lapsedResident
	linkedLater
	faultKinds
)

var faultNames = [faultKinds]string{
	"malformed_number", "replacement_number", "mistyped_number", "number_of_nobody", "superseded_changed", "superseded_double",
	"superseded_annulled", "superseded_chain", "superseded_loop", "changed_followed", "shared_borrowed", "shared_duplicate",
	"several_numbers", "gone_before_decision", "link_before_number", "link_before_birth", "repeated_person", "person_without_permit", "permit_without_person", "birth_date_differs", "sex_differs",
	"birth_date_missing", "birth_date_impossible", "citizenship_missing", "citizenship_unknown", "sex_unknown", "entered_missing",
	"link_date_missing", "link_date_future", "basis_unknown", "basis_missing", "group_missing", "group_unknown", "category_unknown",
	"municipality_missing", "municipality_unknown", "decided_future", "decided_impossible", "lapse_day_missing",
	"person_id_mistyped", "person_id_of_another", "january_first", "day_full", "name_variant",
	"administrative_overlooked", "municipality_old", "protected_person", "annulled_entry", "lapsed_resident",
	"linked_through_later_permit",
}

func (k fault) String() string { return faultNames[k] }

// faults is the set of what befell a person or a permit.
type faults uint64

func (f faults) has(k fault) bool { return f>>k&1 == 1 }
func (f *faults) set(k fault)     { *f |= 1 << k }
func (f *faults) clear(k fault)   { *f &^= 1 << k }

// numberFaults are the kinds of which at most one befalls a person.
const numberFaults faults = 1<<(linkBeforeBirth+1) - 1

// independent kinds that are drawn for every person and every permit, each by itself.
var (
	personFaults = []fault{repeatedPerson, permitWithoutPerson, birthDateDiffers, sexDiffers, birthDateMissing, birthDateImpossible,
		citizenshipMissing, citizenshipUnknown, sexUnknown, enteredMissing, linkDateMissing, linkDateFuture,
		personIDOfAnother, nameVariant, protectedPerson, annulledEntry}
	permitFaults = []fault{basisUnknown, basisMissing, groupMissing, groupUnknown, categoryUnknown, municipalityMissing,
		municipalityUnknown, decidedFuture, decidedImpossible, lapseDayMissing}
)

// plantPerson draws what is wrong with a person's rows. What only a comparison with CPR can show is planted on those who are
// in CPR by the last day.
func (m *model) plantPerson(d *dice, p *person, last day) {
	for _, k := range personFaults {
		if d.chance(m.faultShare[k]) {
			p.faults.set(k)
		}
	}
	if p.recordCount == 0 || p.records[0].from > last {
		for _, k := range []fault{birthDateDiffers, sexDiffers, nameVariant} {
			p.faults.clear(k)
		}
	}
	if p.otherGiven == p.given && p.otherFamily == p.family {
		p.faults.clear(nameVariant)
	}
	if p.linked == never || p.faults.has(permitWithoutPerson) {
		return
	}
	x := d.Float64()
	for k := malformedNumber; k <= linkBeforeBirth; k++ {
		if x -= m.faultShare[k]; x < 0 {
			p.faults.set(k)
			if k >= goneBeforeDecision && !p.falsify(k) {
				p.faults.clear(k)
			}
			return
		}
	}
}

func (m *model) plantPermit(d *dice) (f faults) {
	for _, k := range permitFaults {
		if d.chance(m.faultShare[k]) {
			f.set(k)
		}
	}
	return f
}
