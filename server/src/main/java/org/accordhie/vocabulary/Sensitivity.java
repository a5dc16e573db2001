package org.accordhie.vocabulary;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What makes information sensitive, and which kinds are kinds of others. A rule about a sensitivity covers what is within it.
 *
 * <p>Source: HL7 v3 ActCode 2018-08-12, the version of FHIR R4, the concepts below {@code _InformationSensitivityPolicy} and
 * their hierarchy. There BH is over cognitive, developmental and emotional disorders alone, and SUD stands beside it. To that
 * come alcohol and opioid use disorders as kinds of ETH, as IHE PCF 1.1.0 lists them, and PREGNANT, which HL7 has added since,
 * as a kind of SEX, whose definition names reproductive health. Any other code is within nothing but itself.
 */
public final class Sensitivity {

    /** The concept over all of them: a rule that names it speaks of every sensitivity, known here or not. */
    public static final String ANY = "_InformationSensitivityPolicy";

    /** Each broader code with what is directly below it. */
    private static final Map<String, Set<String>> NARROWER = Map.of(
            "SPI", Set.of("BH", "MH", "PSY", "PSYTHPN", "SUD"),
            "BH", Set.of("COGN", "DVD", "EMOTDIS"),
            "SUD", Set.of("ETHUD", "OPIOIDUD"),
            "ETH", Set.of("ETHUD", "OPIOIDUD"),
            "SEX", Set.of("PREGNANT"));

    private static final Set<String> ALONE = Set.of(
            "GDIS", "HIV", "MST", "SCA", "SDV", "STD", "TBOO", "VIO", "SICKLE", "DEMO", "DOB", "GENDER", "LIVARG",
            "MARST", "RACE", "REL", "B", "EMPL", "LOCIS", "SSP", "ADOL", "CEL", "DIA", "DRGIS", "EMP", "PDS", "PHY",
            "PRS");

    /** Every sensitivity code of this hierarchy. */
    public static final Set<String> CODES = Stream.concat(
                    ALONE.stream(),
                    NARROWER.entrySet().stream()
                            .flatMap(each -> Stream.concat(Stream.of(each.getKey()), each.getValue().stream())))
            .collect(Collectors.toUnmodifiableSet());

    private static final Map<String, Set<String>> BROADER = allBroader();

    private Sensitivity() {}

    /** The sensitivities that this one is a kind of, however far above; not itself, and none for an unknown code. */
    public static Set<String> broader(String code) {
        return BROADER.getOrDefault(code, Set.of());
    }

    /** Whether a sensitivity is the other or a kind of it. */
    public static boolean isWithin(String code, String other) {
        return code.equals(other) || other.equals(ANY) || broader(code).contains(other);
    }

    private static Map<String, Set<String>> allBroader() {
        var broader = new HashMap<String, Set<String>>();
        for (var code : CODES) {
            var above = new TreeSet<String>();
            addBroader(code, above);
            broader.put(code, Set.copyOf(above));
        }
        return Map.copyOf(broader);
    }

    private static void addBroader(String code, Set<String> above) {
        NARROWER.forEach((broader, narrower) -> {
            if (narrower.contains(code)) {
                above.add(broader);
                addBroader(broader, above);
            }
        });
    }
}
