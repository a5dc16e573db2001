package org.accordhie.smart.web;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.accordhie.vocabulary.PurposeOfUse;

/**
 * Reads the purpose of use from a token's extensions.
 *
 * <p>Source: UDAP Security, {@code hl7-b2b}; IHE IUA, {@code ihe_iua}. One purpose a token; BTG may accompany the
 * treatment it breaks the glass for.
 */
final class TokenPurposes {

    private static final String CLAIM = "purpose_of_use";
    private static final Set<Set<PurposeOfUse>> PAIRS =
            Set.of(Set.of(PurposeOfUse.BTG, PurposeOfUse.TREAT), Set.of(PurposeOfUse.BTG, PurposeOfUse.ETREAT));

    private TokenPurposes() {}

    /** Empty if the token says none. */
    static Set<PurposeOfUse> read(Map<String, ?> b2b, Map<String, ?> iua) {
        var ofB2b = TokenClaims.elements(b2b, CLAIM).stream()
                .map(TokenPurposes::ofText)
                .collect(toUnmodifiableSet());
        var ofIua = TokenClaims.elements(iua, CLAIM).stream()
                .map(TokenPurposes::ofCoding)
                .collect(toUnmodifiableSet());
        if (b2b.containsKey(CLAIM) && iua.containsKey(CLAIM) && !ofB2b.equals(ofIua)) {
            throw new RequesterRefused("the token's extensions disagree about the purpose of use");
        }
        var purposes = b2b.containsKey(CLAIM) ? ofB2b : ofIua;
        if (purposes.size() > 1 && !PAIRS.contains(purposes)) {
            throw new RequesterRefused("the token says more than one purpose of use");
        }
        return purposes;
    }

    private static PurposeOfUse ofText(Object element) {
        if (!(element instanceof String text)) {
            throw TokenClaims.malformed();
        }
        var code = Stream.of(PurposeOfUse.OID + "#", PurposeOfUse.OID + "|", PurposeOfUse.SYSTEM + "|")
                .filter(text::startsWith)
                .findFirst()
                .map(system -> text.substring(system.length()))
                .orElse(text);
        return known(code);
    }

    private static PurposeOfUse ofCoding(Object element) {
        var coding = TokenClaims.members(element);
        var system = TokenClaims.text(coding, "system").orElse("");
        if (!system.equals(PurposeOfUse.SYSTEM) && !system.equals(PurposeOfUse.OID)) {
            throw unknown();
        }
        return known(TokenClaims.text(coding, "code").orElse(""));
    }

    private static PurposeOfUse known(String code) {
        return PurposeOfUse.ofCode(code).orElseThrow(TokenPurposes::unknown);
    }

    private static RequesterRefused unknown() {
        return new RequesterRefused("the token's purpose of use is unknown here");
    }
}
