package org.accordhie.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.accordhie.disclosure.Disclosure.Content;
import org.accordhie.disclosure.Disclosure.Place;
import org.accordhie.disclosure.Disclosure.Reason;
import org.accordhie.disclosure.Recipient.Standing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an accounting is put together. */
class AccountingTest {

    private static final Instant ASKED = Instant.parse("2026-11-22T17:00:00Z");
    private static final AccountingPeriod SIX_YEARS =
            AccountingPeriod.before(6, ASKED, null, null).orElseThrow();

    @Test
    void sumsUpWhatOneRecipientReceivedForOnePurposeOfPublicInterest() {
        var rows = account(
                disclosure("3", "2025-03-01T00:00:00Z", "a", "HRESCH"),
                disclosure("1", "2024-03-01T00:00:00Z", "a", "HRESCH"),
                disclosure("2", "2024-06-01T00:00:00Z", "b", "HRESCH"),
                disclosure("4", "2026-03-01T00:00:00Z", "a", "HRESCH"),
                disclosure("5", "2026-04-01T00:00:00Z", "a", "PUBHLTH"));

        assertThat(rows)
                .extracting(row -> row.first().id() + " " + row.count() + " " + row.last())
                .containsExactly("1 3 2026-03-01T00:00:00Z", "2 1 2024-06-01T00:00:00Z", "5 1 2026-04-01T00:00:00Z");
    }

    @Test
    void tellsEachOfWhatMustNotBeSummedUp() {
        var rows = account(
                disclosure("1", "2024-03-01T00:00:00Z", "a", "HMARKT"),
                disclosure("2", "2024-04-01T00:00:00Z", "a", "HMARKT"),
                disclosure("3", "2024-05-01T00:00:00Z", "a", "HRESCH HMARKT"),
                disclosure("4", "2024-06-01T00:00:00Z", "a", "HRESCH HMARKT"),
                disclosure("5", "2024-07-01T00:00:00Z", "a", null),
                disclosure("6", "2024-08-01T00:00:00Z", "a", null));

        assertThat(rows).hasSize(6).allMatch(row -> row.count() == 1);
    }

    @Test
    void isTheSameWhateverOrderTheEventsComeIn() {
        var all = new ArrayList<>(IntStream.range(0, 40)
                .mapToObj(each -> disclosure(
                        String.valueOf(each),
                        "2025-01-0" + (1 + each % 5) + "T00:00:00Z",
                        each % 3 == 0 ? "a" : "b",
                        each % 2 == 0 ? "HRESCH" : "HMARKT"))
                .toList());
        var expected = account(all.toArray(Disclosure[]::new));

        for (int seed = 0; seed < 50; seed++) {
            Collections.shuffle(all, new Random(seed));
            assertThat(account(all.toArray(Disclosure[]::new)))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    /** From when, until when, at which instant; told or not. */
    @ParameterizedTest
    @CsvSource({
        ",,2020-11-21T23:59:59Z,false",
        ",,2020-11-22T00:00:00Z,true",
        ",,2026-11-22T16:59:59Z,true",
        ",,2026-11-22T17:00:00Z,false",
        "2025-01-01T00:00:00Z,2026-01-01T00:00:00Z,2024-12-31T23:59:59Z,false",
        "2025-01-01T00:00:00Z,2026-01-01T00:00:00Z,2025-01-01T00:00:00Z,true",
        "2025-01-01T00:00:00Z,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z,false",
        "2010-01-01T00:00:00Z,,2020-11-21T00:00:00Z,false"
    })
    void coversThePeriod(@Nullable Instant from, @Nullable Instant until, String at, boolean told) {
        var period = AccountingPeriod.before(6, ASKED, from, until).orElseThrow();

        var rows = Accounting.of(
                AccountingRule.HIPAA, period, List.of(disclosure("1", at, "a", "HRESCH")), List.of(), ASKED);

        assertThat(rows).hasSize(told ? 1 : 0);
    }

    @Test
    void nothingIsLeftOfAPeriodThatIsTooOldOrToCome() {
        assertThat(AccountingPeriod.before(3, ASKED, null, Instant.parse("2022-01-01T00:00:00Z")))
                .isEmpty();
        assertThat(AccountingPeriod.before(3, ASKED, ASKED, null)).isEmpty();
    }

    /** Until when, asked when, to which agency; whether what it received is told. */
    @ParameterizedTest
    @CsvSource({
        "2026-12-01T00:00:00Z,2026-11-22T17:00:00Z,Organization/a,false",
        "2026-12-01T00:00:00Z,2026-11-22T17:00:00Z,  state POLICE ,false",
        "2026-12-01T00:00:00Z,2026-12-01T00:00:00Z,Organization/a,true",
        "2026-12-01T00:00:00Z,2026-10-31T23:59:59Z,Organization/a,true",
        "2026-12-01T00:00:00Z,2026-11-22T17:00:00Z,Organization/b,true"
    })
    void leavesOutWhatAnAgencyHasSuspended(Instant until, Instant asked, String agency, boolean told) {
        var suspension = new Suspension(
                "1", agency, Instant.parse("2026-11-01T00:00:00Z"), until, "letter of 1 November, file 7", false);
        var period = AccountingPeriod.before(6, asked, null, null).orElseThrow();
        var all = List.of(disclosure("1", "2026-09-01T00:00:00Z", "a", "PUBHLTH"));

        assertThat(Accounting.of(AccountingRule.HIPAA, period, all, List.of(suspension), asked))
                .hasSize(told ? 1 : 0);
        assertThat(Accounting.accesses(period, all, List.of(suspension), asked)).hasSize(told ? 1 : 0);
    }

    /** Agency, statement, days, whether oral; whether there can be such a suspension. */
    @ParameterizedTest
    @CsvSource({
        "Organization/a,letter,400,false,true",
        "Organization/a,letter,0,false,false",
        "Organization/a,by telephone,30,true,true",
        "Organization/a,by telephone,31,true,false",
        "' ',letter,1,false,false",
        "Organization/a,' ',1,false,false"
    })
    void aSuspensionIsBounded(String agency, String statement, int days, boolean oral, boolean possible) {
        var suspension = new Suspension("1", agency, ASKED, ASKED.plus(Duration.ofDays(days)), statement, oral);

        assertThat(suspension.objection().isEmpty()).isEqualTo(possible);
    }

    @Test
    void accessesAreTheNewestFirstAndAllOfThem() {
        var all = List.of(
                disclosure("1", "2024-03-01T00:00:00Z", "a", "TREAT"),
                disclosure("2", "2025-03-01T00:00:00Z", "b", "HRESCH"),
                disclosure("3", "2019-03-01T00:00:00Z", "b", "HRESCH"));

        assertThat(Accounting.accesses(SIX_YEARS, all, List.of(), ASKED))
                .extracting(Disclosure::id)
                .containsExactly("2", "1");
    }

    @Test
    void pagesHoldEveryRowOnce() {
        var all = IntStream.range(0, 7).boxed().toList();
        var walked = new ArrayList<Integer>();
        var offset = 0;
        var goesOn = true;
        while (goesOn) {
            var page = Told.page("Patient/1", SIX_YEARS, ASKED, all, offset, 3);
            walked.addAll(page.rows());
            offset += page.rows().size();
            goesOn = page.goesOn();
        }

        assertThat(walked).isEqualTo(all);
        assertThat(Told.page("Patient/1", SIX_YEARS, ASKED, all, 9, Integer.MAX_VALUE)
                        .rows())
                .isEmpty();
    }

    @Test
    void saysWhatAndWhyInPlainWords() {
        assertThat(PlainWords.contents(List.of(
                        new Content("Observation", 3, false, false),
                        new Content("Condition", 1, true, false),
                        new Content("Condition", 1, false, false))))
                .isEqualTo("diagnoses and health problems (2), test results and measurements (3)");
        assertThat(PlainWords.contents(List.of())).isEqualTo("records that are no longer kept");
        assertThat(PlainWords.reason(new Reason(AccountingRuleTest.purposes("HRESCH"), Basis.CONSENT, false)))
                .isEqualTo("research, with the patient's consent");
        assertThat(PlainWords.reason(new Reason(AccountingRuleTest.purposes(null), Basis.NOT_STATED, false)))
                .isEqualTo("not stated");
    }

    private static List<AccountingEntry> account(Disclosure... disclosures) {
        return Accounting.of(AccountingRule.HIPAA, SIX_YEARS, List.of(disclosures), List.of(), ASKED);
    }

    private static Disclosure disclosure(String id, String at, String recipient, @Nullable String purposes) {
        return new Disclosure(
                id,
                Instant.parse(at),
                new Recipient(
                        "Organization/" + recipient,
                        recipient.equals("a") ? "State Police" : "B",
                        "",
                        Standing.ANOTHER),
                new Reason(AccountingRuleTest.purposes(purposes), Basis.NOT_STATED, false),
                Place.EXCHANGE,
                List.of(new Content("Condition", 1, false, false)));
    }
}
