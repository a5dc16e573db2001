package org.accordhie.consent.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.accordhie.consent.Effect;
import org.accordhie.consent.TokenResidual;
import org.accordhie.consent.TokenResidual.TokenRule;
import org.accordhie.smart.ResidualClaim;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;

/**
 * Reads the residual of an access token. Its rules have the form of a consent's provisions, and are read like them; what a rule
 * says beside that is refused with the whole claim, since a rule half understood forbids too little or permits too much.
 *
 * <p>Source: IHE Privacy Consent on FHIR (PCF), token extension {@code ihe_pcf}. Thread-safe.
 */
public final class TokenResidualReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "type";
    private static final String PERIOD = "dataPeriod";
    private static final Set<String> ELEMENTS = Set.of(TYPE, "securityLabel", PERIOD, "data");
    private static final Map<String, Effect> EFFECTS = Map.of("forbid", Effect.DENY, "permit", Effect.PERMIT);

    private final FhirContext context;
    private final String base;

    /**
     * Reads tokens made for one server.
     *
     * @param base the server's own address, which absolute references may carry
     */
    public TokenResidualReader(FhirContext context, String base) {
        this.context = context;
        this.base = base.endsWith("/") ? base : base + "/";
    }

    /**
     * Reads a claim.
     *
     * @throws UnenforceableConsent if one of its rules cannot be carried out
     */
    public TokenResidual read(ResidualClaim claim) throws UnenforceableConsent {
        var rules = new ArrayList<TokenRule>();
        for (int index = 0; index < claim.rules().size(); index++) {
            rules.addAll(read(claim.rules().get(index), "residual[" + index + "]"));
        }
        return new TokenResidual(claim.patient(), rules);
    }

    private List<TokenRule> read(Map<String, ?> rule, String path) throws UnenforceableConsent {
        var effect = rule.get(TYPE) instanceof String type ? EFFECTS.get(type) : null;
        if (effect == null) {
            throw new UnenforceableConsent(path + ".type", "is neither `forbid` nor `permit`");
        }
        if (!ELEMENTS.containsAll(rule.keySet())) {
            throw new UnenforceableConsent(path, "holds more than type, securityLabel, dataPeriod and data");
        }
        var rules = new ArrayList<TokenRule>();
        for (var provision : provisions(rule, path)) {
            var problems = new Problems();
            var data = ProvisionReader.readResource(provision, path, problems);
            problems.refuse();
            rules.add(new TokenRule(effect, data));
        }
        return rules;
    }

    /** One for each period, since they are or'ed and a provision has one. */
    private List<ProvisionComponent> provisions(Map<String, ?> rule, String path) throws UnenforceableConsent {
        var members = new HashMap<String, Object>(rule);
        members.remove(TYPE);
        var stated = members.remove(PERIOD);
        var periods = stated == null ? List.<Map<String, Object>>of() : periods(stated);
        if (stated != null && periods.isEmpty()) {
            throw new UnenforceableConsent(path + ".dataPeriod", "is an empty list");
        }
        var provisions = new ArrayList<ProvisionComponent>();
        for (var period : periods.isEmpty() ? List.of(Map.<String, Object>of()) : periods) {
            var whole = new HashMap<>(members);
            whole.putAll(period);
            provisions.add(parse(whole, path));
        }
        return provisions;
    }

    private static List<Map<String, Object>> periods(Object periods) {
        var each = periods instanceof List<?> several ? several.stream() : Stream.of(periods);
        return each.map(period -> Map.<String, Object>of(PERIOD, period)).toList();
    }

    private ProvisionComponent parse(Map<String, Object> provision, String path) throws UnenforceableConsent {
        try {
            var consent = JSON.writeValueAsString(Map.of("resourceType", "Consent", "provision", provision));
            var parser = context.newJsonParser().setParserErrorHandler(new StrictErrorHandler());
            var parsed = parser.parseResource(Consent.class, consent).getProvision();
            parsed.getData()
                    .forEach(data -> data.getReference()
                            .setReference(relative(data.getReference().getReference())));
            return parsed;
        } catch (JsonProcessingException | DataFormatException malformed) {
            throw new UnenforceableConsent(path, "has not the form of a rule on data");
        }
    }

    private String relative(String reference) {
        return reference != null && reference.startsWith(base) ? reference.substring(base.length()) : reference;
    }
}
