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
 * knows the codes below and no others.
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
                                    + " 191816009 707848009 428211000124100 171047005 408919008 713106006"),
                    codes(RXNORM, "351266 1010600 1432969 351264 351265 351267 1010604 1010608 1307056 1307061 637184"),
                    codes(LOINC, "82667-7 82666-9 68516-4 68517-2 72109-2 75626-2"),
                    words("substance (?:use|abuse|misuse|dependence)|opioid (?:abuse|use|dependence|addiction)|"
                            + "drug (?:abuse|misuse|dependence|overdose|addiction)|misuses? drugs|"
                            + "alcohol(?:ism| abuse| dependence| use disorder)|buprenorphine|naloxone|methadone|"
                            + "naltrexone|dependent drug abuse|unhealthy alcohol|audit-c|dast-10")),
            new Rule(
                    "PSY",
                    codes(
                            SNOMED,
                            "370143000 36923009 35489007 192127007 80583007 80711002 47505003 225444004 48694002 197480006"
                                    + " 58214004 13746004"),
                    codes(RXNORM, "310385 312938 312940 312941 313989 309314 993837 2119714"),
                    codes(LOINC, "44249-1 44261-6 55758-7 69737-5 70274-6"),
                    words("depressi(?:on|ve)|panic disorder|attention deficit|anxiety|bipolar|schizophreni|"
                            + "posttraumatic stress|suicid|fluoxetine|sertraline|phq-?[29]|gad-7")),
            new Rule(
                    "HIV",
                    codes(SNOMED, "86406008 165816005 62479008 111880001 402916007"),
                    codes(RXNORM, "1359269 1147334 1999667 2374563 602393 639888 643066"),
                    codes(LOINC, "20447-9 24467-3 8127-1 25836-8 75622-1"),
                    words("\\bhiv\\b|human immunodeficiency|antiretroviral|emtricitabine|tenofovir|dolutegravir|"
                            + "abacavir|lamivudine|bictegravir|efavirenz|cd4")),
            new Rule(
                    "SEX",
                    codes(
                            SNOMED,
                            "72892002 714812005 386394001 10383002 19169002 161744009 169553002 35999006 47200007"
                                    + " 79586000 267020005 65200003 169560008 432101006 183996000"),
                    codes(
                            RXNORM,
                            "749762 389221 757594 1605257 748879 1367439 748856 751905 749785 807283 748962 831533"
                                    + " 978950 1000126 1000128"),
                    codes(LOINC, "82810-3 2106-3 2118-8"),
                    words("pregnan|miscarriage|termination of pregnancy|abortion|contracepti|intrauterine|\\biud\\b|"
                            + "tubal|infertility|\\bedd\\b|prenatal")),
            new Rule(
                    "VIO",
                    codes(SNOMED, "706893006 371772001 433931000124109"),
                    codes(RXNORM, ""),
                    codes(LOINC, "76501-6"),
                    words("intimate partner (?:abuse|violence)|domestic violence|physical(?:ly)? abused?")));

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
