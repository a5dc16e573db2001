package org.accordhie.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.accordhie.disclosure.Disclosure.Content;
import org.accordhie.disclosure.Disclosure.Place;
import org.accordhie.disclosure.Disclosure.Reason;
import org.accordhie.disclosure.Recipient.Standing;
import org.accordhie.vocabulary.PurposeOfUse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which disclosures are told under which law. */
class AccountingRuleTest {

    private static final Instant AT = Instant.parse("2026-01-15T10:00:00Z");

    private static final Set<PurposeOfUse> TOLD_UNDER_HIPAA = EnumSet.of(
            PurposeOfUse.DONAT,
            PurposeOfUse.GOV,
            PurposeOfUse.HDECD,
            PurposeOfUse.MILCDM,
            PurposeOfUse.MILDCRG,
            PurposeOfUse.HMARKT,
            PurposeOfUse.HRESCH,
            PurposeOfUse.BIORCH,
            PurposeOfUse.CLINTRCH,
            PurposeOfUse.CLINTRCHNPC,
            PurposeOfUse.CLINTRCHPC,
            PurposeOfUse.PRECLINTRCH,
            PurposeOfUse.TRANSRCH,
            PurposeOfUse.DSRCH,
            PurposeOfUse.POARCH,
            PurposeOfUse.PUBHLTH,
            PurposeOfUse.DISASTER,
            PurposeOfUse.THREAT);

    /** Where, for what, on what basis, to whom, what; and why it is not told under HIPAA and under Part 2. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EXCHANGE   | TREAT        | NOT_STATED        | ANOTHER    | plain     | TREATMENT_PAYMENT_OPERATIONS | NOT_PART_2
            EXCHANGE   | TREAT        | NOT_STATED        | ANOTHER    | part2     | TREATMENT_PAYMENT_OPERATIONS |
            EXCHANGE   | BTG          | NOT_STATED        | ANOTHER    | part2     | TREATMENT_PAYMENT_OPERATIONS |
            EXCHANGE   | BTG TREAT    | NOT_STATED        | ANOTHER    | plain     | TREATMENT_PAYMENT_OPERATIONS | NOT_PART_2
            EXCHANGE   | HPAYMT       | NOT_STATED        | ANOTHER    | part2     | TREATMENT_PAYMENT_OPERATIONS |
            EXCHANGE   | HOPERAT      | NOT_STATED        | EXCHANGE   | part2     | USE_BY_THE_EXCHANGE          | USE_BY_THE_EXCHANGE
            EXCHANGE   | HRESCH       | NOT_STATED        | ANOTHER    | plain     |                              | NOT_PART_2
            EXCHANGE   | HRESCH       | NOT_STATED        | ANOTHER    | part2     |                              |
            EXCHANGE   | HRESCH       | NOT_STATED        | ANOTHER    | own       | OWN_RECORDS                  | NOT_PART_2
            EXCHANGE   | HRESCH       | NOT_STATED        | ANOTHER    | own-part2 | OWN_RECORDS                  | OWN_RECORDS
            EXCHANGE   | HRESCH       | NOT_STATED        | ANOTHER    | mixed     |                              | NOT_PART_2
            EXCHANGE   | HRESCH       | NOT_STATED        | ANOTHER    | gone      |                              | NOT_PART_2
            EXCHANGE   | HRESCH TREAT | NOT_STATED        | ANOTHER    | plain     |                              | NOT_PART_2
            EXCHANGE   | DONAT        | NOT_STATED        | ANOTHER    | plain     |                              | NOT_PART_2
            EXCHANGE   |              | NOT_STATED        | ANOTHER    | part2     |                              |
            EXCHANGE   | PATRQT       | NOT_STATED        | ANOTHER    | part2     | TO_THE_INDIVIDUAL            | TO_THE_INDIVIDUAL
            EXCHANGE   | HRESCH       | NOT_STATED        | INDIVIDUAL | part2     | TO_THE_INDIVIDUAL            | TO_THE_INDIVIDUAL
            ELECTRONIC | TREAT        | NOT_STATED        | ANOTHER    | part2     | TREATMENT_PAYMENT_OPERATIONS |
            ELECTRONIC | TREAT        | CONSENT           | ANOTHER    | part2     | TREATMENT_PAYMENT_OPERATIONS |
            OTHER      | TREAT        | CONSENT           | ANOTHER    | part2     | TREATMENT_PAYMENT_OPERATIONS | NEITHER_CONSENTED_NOR_ELECTRONIC
            OTHER      | HRESCH       | CONSENT           | ANOTHER    | part2     |                              |
            OTHER      | HRESCH       | NOT_STATED        | ANOTHER    | part2     |                              | NEITHER_CONSENTED_NOR_ELECTRONIC
            OTHER      | HRESCH       | AUTHORIZATION     | ANOTHER    | part2     | AUTHORIZATION                |
            OTHER      | HRESCH       | AUTHORIZATION     | ANOTHER    | plain     | AUTHORIZATION                | NOT_PART_2
            OTHER      | TREAT        | INCIDENTAL        | ANOTHER    | plain     | INCIDENTAL                   | NOT_PART_2
            OTHER      |              | DIRECTORY_OR_CARE | ANOTHER    | plain     | DIRECTORY_OR_CARE            | NOT_PART_2
            OTHER      |              | NATIONAL_SECURITY | ANOTHER    | plain     | NATIONAL_SECURITY            | NOT_PART_2
            OTHER      |              | CUSTODY           | ANOTHER    | plain     | CUSTODY                      | NOT_PART_2
            OTHER      | HRESCH       | LIMITED_DATA_SET  | ANOTHER    | plain     | LIMITED_DATA_SET             | NOT_PART_2
            OTHER      |              | JUDICIAL          | ANOTHER    | plain     |                              | NOT_PART_2
            OTHER      | HOPERAT      | OVERSIGHT         | ANOTHER    | plain     |                              | NOT_PART_2
            OTHER      |              | LAW_ENFORCEMENT   | ANOTHER    | part2     |                              | NEITHER_CONSENTED_NOR_ELECTRONIC
            """)
    void tells(
            Place place,
            @Nullable String purposes,
            Basis basis,
            Standing standing,
            String contents,
            @Nullable Exclusion hipaa,
            @Nullable Exclusion part2) {
        var disclosure = new Disclosure(
                "1",
                AT,
                new Recipient("Organization/a", "A", "", standing),
                new Reason(purposes(purposes), basis, purposes != null && purposes.contains("BTG")),
                place,
                contents(contents));

        assertThat(AccountingRule.HIPAA.excludes(disclosure).orElse(null)).isEqualTo(hipaa);
        assertThat(AccountingRule.PART_2.excludes(disclosure).orElse(null)).isEqualTo(part2);
    }

    @ParameterizedTest
    @EnumSource(PurposeOfUse.class)
    void everyPurposeIsToldOrNot(PurposeOfUse purpose) {
        var disclosure = new Disclosure(
                "1",
                AT,
                new Recipient("Organization/a", "A", "", Standing.ANOTHER),
                new Reason(Set.of(purpose), Basis.NOT_STATED, false),
                Place.EXCHANGE,
                contents("plain"));

        assertThat(AccountingRule.HIPAA.excludes(disclosure).isEmpty()).isEqualTo(TOLD_UNDER_HIPAA.contains(purpose));
    }

    @Test
    void isDescribedWithoutWhatTheRecipientHad() {
        var disclosure = new Disclosure(
                "1",
                AT,
                new Recipient("Organization/a", "A", "", Standing.ANOTHER),
                new Reason(Set.of(PurposeOfUse.HRESCH), Basis.NOT_STATED, false),
                Place.EXCHANGE,
                List.of(
                        new Content("Condition", 1, true, false),
                        new Content("Condition", 2, false, true),
                        new Content("Encounter", 3, false, false)));

        assertThat(AccountingRule.HIPAA.describe(disclosure).contents())
                .extracting(Content::kind, Content::count)
                .containsExactly(tuple("Condition", 1), tuple("Encounter", 3));
        assertThat(AccountingRule.PART_2.describe(disclosure).contents())
                .extracting(Content::kind, Content::count)
                .containsExactly(tuple("Condition", 1));
    }

    @ParameterizedTest
    @CsvSource({"ETH,true", "ETHUD,true", "OPIOIDUD,true", "SUD,true", "42CFRPart2,true", "PSY,false", "HIV,false"})
    void labelsSayWhatPartTwoProtects(String label, boolean covered) {
        assertThat(Part2.covers(label)).isEqualTo(covered);
    }

    @Test
    void everyBasisHasACitationAndIsFoundByItsCode() {
        for (var basis : Basis.values()) {
            if (basis != Basis.NOT_STATED) {
                assertThat(basis.citation()).isNotEmpty();
                assertThat(Basis.ofCode(basis.code())).contains(basis);
            }
        }
        assertThat(Basis.ofCode("")).isEmpty();
        for (var exclusion : Exclusion.values()) {
            assertThat(exclusion.citation()).contains("CFR");
        }
    }

    static Set<PurposeOfUse> purposes(@Nullable String codes) {
        return codes == null
                ? Set.of()
                : Arrays.stream(codes.split(" ")).map(PurposeOfUse::valueOf).collect(Collectors.toSet());
    }

    private static List<Content> contents(String kind) {
        return switch (kind) {
            case "plain" -> List.of(new Content("Condition", 1, false, false));
            case "part2" ->
                List.of(new Content("Condition", 1, true, false), new Content("Encounter", 1, false, false));
            case "own" -> List.of(new Content("Condition", 1, false, true));
            case "own-part2" -> List.of(new Content("Condition", 1, true, true));
            case "mixed" ->
                List.of(new Content("Condition", 1, false, true), new Content("Encounter", 1, false, false));
            case "gone" -> List.of();
            default -> throw new IllegalArgumentException(kind);
        };
    }
}
