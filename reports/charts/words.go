package charts

import "koblet/queries"

// The words that a chart adds of its own.
var (
	wordJudged      = queries.Words{Da: "Koblede og ikke koblede tilladelser", En: "Permits linked and unlinked"}
	wordLogarithmic = queries.Words{Da: "logaritmisk akse", En: "logarithmic axis"}
	wordAtRisk      = queries.Words{Da: "Dage efter afgørelsen og antal, der er fulgt så længe", En: "Days after the decision, and number at risk"}
	wordDays        = queries.Words{Da: "Dage efter afgørelsen", En: "Days after the decision"}
	wordProvisional = queries.Words{Da: "foreløbigt", En: "provisional"}
	wordHollow      = queries.Words{Da: "Hule mærker: foreløbige tal.", En: "Hollow marks: provisional figures."}
	wordPale        = queries.Words{Da: "Dæmpede søjler: foreløbige tal.", En: "Muted columns: provisional figures."}
	wordApart       = queries.Words{Da: "Delfiguren »%s« har sin egen lodrette akse.", En: "The panel “%s” has a vertical axis of its own."}
	wordCut         = queries.Words{
		Da: "Foreløbige intervaller, der går ud over aksen, er skåret af ved figurens kant (%s); de står i tabellen.",
		En: "Provisional intervals that reach beyond the axis are cut at the frame (%s); they stand in the table.",
	}
	wordBegins = queries.Words{
		Da: "Figuren begynder med %s; hvad der ligger før, står kun i tabellen.",
		En: "The chart begins with %s; what lies before it stands in the table only.",
	}
	wordSignal    = queries.Words{Da: "uden for grænserne eller del af et forløb", En: "outside the limits, or part of a run"}
	wordCurve     = queries.Words{Da: "%s: %s efter %s dage", En: "%s: %s after %s days"}
	wordFinding   = queries.Words{Da: "%s: %s for %s, højest %s for %s", En: "%s: %s for %s, highest %s for %s"}
	wordRestKnown = queries.Words{Da: "Figuren viser de %d højeste af de %d oplyste; resten står i tabellen.", En: "The chart shows the %d highest of the %d that are known; the others are in the table."}
	wordRest      = queries.Words{Da: "Figuren viser de %d højeste af %d; resten står i tabellen.", En: "The chart shows the %d highest of %d; the others are in the table."}
	wordStanding  = queries.Words{Da: "heraf fraregnet", En: "of these taken off"}
	wordLargest   = queries.Words{Da: "Figuren viser de %d største af %d; resten står i tabellen.", En: "The %d largest of %d are drawn; the rest stand in the table."}
	wordNotable   = queries.Words{Da: "De stiplede linjer viser den grænse på %s, som en forskel normalt skal nå for at være værd at se nærmere på.", En: "The dashed lines are at %s, from which by convention a difference is worth a look."}
)
