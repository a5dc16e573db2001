package org.accordhie.labels;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.accordhie.vocabulary.Coding;

/**
 * Which sensitivities a resource has, by what it is coded with and by the words in it. A first, short set of rules: it
 * knows the codes below and no others. Screenings are not labelled: that somebody was asked says nothing about them.
 *
 * <p>Sources: SNOMED CT, RxNorm and LOINC code meanings; HL7 v3 ActCode sensitivities; 42 CFR 2.11 for what a substance use
 * disorder is. Thread-safe.
 */
public final class LabelRules {

    /** The rules' version, which goes up with every change of a rule. */
    public static final String VERSION = "1";

    private static final String SNOMED = "http://snomed.info/sct";
    private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
    private static final String LOINC = "http://loinc.org";

    /** Substance use, mental health, human immunodeficiency virus, sexual and reproductive health, violence. */
    private static final List<Rule> RULES = List.of(
            new Rule(
                    "ETH",
                    codes(
                            SNOMED,
                            "6525002 55680006 5602001 10939881000119105 361055000 7200002 15167005 66214007 26416006"
                                    + ""),
                    codes(RXNORM, "351266"),
                    codes(LOINC, ""),
                    words(
                            "opioid (?:abuse|dependence|addiction|use disorder)|drug (?:abuse|dependence|overdose|addiction)|"
                                    + "misuses? drugs|alcoholism|alcohol (?:abuse|dependence|use disorder)|"
                                    + "buprenorphine|naloxone|methadone|naltrexone")),
            new Rule(
                    "PSY",
                    codes(SNOMED, "370143000 36923009 35489007 192127007 80583007 47505003" + " 58214004 13746004"),
                    codes(RXNORM, "310385 312938"),
                    codes(LOINC, ""),
                    words("major depress|depressive disorder|panic disorder|attention deficit|severe anxiety|bipolar|"
                            + "schizophreni|posttraumatic stress|suicid|fluoxetine|sertraline")),
            new Rule(
                    "HIV",
                    codes(SNOMED, "86406008"),
                    codes(RXNORM, ""),
                    codes(LOINC, "20447-9 24467-3 8127-1 25836-8 75622-1"),
                    words("\\bhiv\\b|human immunodeficiency|antiretroviral|emtricitabine|tenofovir|dolutegravir|"
                            + "abacavir|lamivudine|bictegravir|efavirenz|cd4")),
            new Rule(
                    "SEX",
                    codes(
                            SNOMED,
                            "72892002 714812005 386394001 10383002 19169002 161744009 169553002 35999006 47200007"
                                    + " 79586000 267020005 65200003 169560008 432101006"),
                    codes(RXNORM, "749762 389221 757594 1605257 748879 1367439"),
                    codes(LOINC, "82810-3 2106-3 2118-8"),
                    words("pregnan|miscarriage|termination of pregnancy|abortion|contracepti|intrauterine|\\biud\\b|"
                            + "tubal|infertility|\\bedd\\b|prenatal")),
            new Rule(
                    "VIO",
                    codes(SNOMED, "706893006 371772001"),
                    codes(RXNORM, ""),
                    codes(LOINC, ""),
                    words("victim of (?:intimate partner|domestic)|intimate partner abuse")));

    private LabelRules() {}

    /** The sensitivities of a resource, as codes of v3-ActCode. */
    public static Set<String> sensitivitiesOf(Collection<Coding> codes, Collection<String> texts) {
        return RULES.stream()
                .filter(rule -> rule.matches(codes, texts))
                .map(Rule::sensitivity)
                .collect(Collectors.toSet());
    }

    private static Set<Coding> codes(String system, String codes) {
        return Pattern.compile(" ")
                .splitAsStream(codes)
                .filter(code -> !code.isEmpty())
                .map(code -> new Coding(system, code))
                .collect(Collectors.toSet());
    }

    private static Pattern words(String expression) {
        return Pattern.compile(expression.toLowerCase(Locale.ROOT), Pattern.CASE_INSENSITIVE);
    }

    private record Rule(String sensitivity, Set<Coding> snomed, Set<Coding> rxnorm, Set<Coding> loinc, Pattern words) {

        boolean matches(Collection<Coding> codes, Collection<String> texts) {
            return codes.stream()
                            .anyMatch(code -> snomed.contains(code) || rxnorm.contains(code) || loinc.contains(code))
                    || texts.stream().anyMatch(text -> words.matcher(text).find());
        }
    }
}
