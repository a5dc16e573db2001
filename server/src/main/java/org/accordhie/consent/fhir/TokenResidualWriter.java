package org.accordhie.consent.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.accordhie.consent.DataReference;
import org.accordhie.consent.Effect;
import org.accordhie.consent.LabelCriteria;
import org.accordhie.consent.TokenResidual;
import org.accordhie.consent.TokenResidual.TokenRule;
import org.accordhie.vocabulary.Confidentiality;
import org.accordhie.vocabulary.SecurityLabel;
import org.accordhie.vocabulary.TimeSpan;

/** Writes a residual as the {@code ihe_pcf} extension of an access token. Source: IHE Privacy Consent on FHIR (PCF). */
public final class TokenResidualWriter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TokenResidualWriter() {}

    /**
     * The members of the extension, as JSON.
     *
     * @param consents the consents it follows from, as {@code Consent/[id]}
     */
    public static String write(TokenResidual residual, List<String> consents) {
        var extension = new LinkedHashMap<String, Object>();
        extension.put("patient_id", residual.patient());
        extension.put("doc_id", consents);
        extension.put(
                "residual",
                residual.rules().stream().map(TokenResidualWriter::rule).toList());
        try {
            return JSON.writeValueAsString(extension);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps of texts have a JSON form", impossible);
        }
    }

    private static Map<String, Object> rule(TokenRule rule) {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", rule.effect() == Effect.DENY ? "forbid" : "permit");
        var labels = labels(rule.data().labels());
        if (!labels.isEmpty()) {
            members.put("securityLabel", labels);
        }
        var period = rule.data().dataPeriod();
        if (period != null) {
            members.put("dataPeriod", period(period));
        }
        if (!rule.data().data().isEmpty()) {
            members.put(
                    "data",
                    rule.data().data().stream().map(TokenResidualWriter::data).toList());
        }
        return members;
    }

    private static List<Map<String, String>> labels(LabelCriteria labels) {
        var codings = new ArrayList<Map<String, String>>();
        labels.sensitivities().forEach(code -> codings.add(coding(SecurityLabel.SENSITIVITY_SYSTEM, code)));
        labels.levels().forEach(level -> codings.add(coding(Confidentiality.SYSTEM, level.name())));
        return codings;
    }

    private static Map<String, String> coding(String system, String code) {
        return Map.of("system", system, "code", code);
    }

    private static Map<String, String> period(TimeSpan span) {
        var period = new LinkedHashMap<String, String>();
        put(period, "start", span.from());
        put(period, "end", span.until());
        return period;
    }

    private static void put(
            Map<String, String> period, String name, @org.jspecify.annotations.Nullable Instant instant) {
        if (instant != null) {
            period.put(name, instant.toString());
        }
    }

    private static Map<String, Object> data(DataReference data) {
        return Map.of(
                "meaning",
                data.meaning().name().toLowerCase(Locale.ROOT),
                "reference",
                Map.of("reference", data.reference()));
    }
}
