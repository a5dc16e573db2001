package org.accordhie.fhirserver.gate;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.param.CompositeParam;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.HasParam;
import ca.uhn.fhir.rest.param.NumberParam;
import ca.uhn.fhir.rest.param.QuantityParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.param.UriParam;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Any text as a query: the gate, and HAPI's search values behind it. */
public final class QueryFuzzer {

    private static final FhirContext R4 = FhirContext.forR4();

    private static final List<Supplier<IQueryParameterType>> FORMS = List.of(
            DateParam::new,
            NumberParam::new,
            QuantityParam::new,
            ReferenceParam::new,
            StringParam::new,
            TokenParam::new,
            UriParam::new,
            HasParam::new,
            () -> new CompositeParam<>(TokenParam.class, QuantityParam.class));

    private QueryFuzzer() {}

    /** Called before the first input. */
    public static void fuzzerInitialize() {
        GateThenParser.prepare();
    }

    /** Throws what must not be thrown. */
    public static void fuzzerTestOneInput(byte[] text) {
        var query = new String(text, StandardCharsets.UTF_8);
        try {
            QueryText.requireClean(query);
            QueryText.requireSmallNumbers(query);
            QueryText.requireSafeSearch(query);
        } catch (Refusal refused) {
            return;
        }
        QueryText.parameters(query).forEach((name, values) -> values.forEach(value -> read(name, value)));
    }

    private static void read(String name, String value) {
        // The gate looks at the numbers of these alone.
        var number = FhirNames.isNumberParameter(name);
        for (var form : FORMS) {
            var parameter = form.get();
            if (!number && (parameter instanceof NumberParam || parameter instanceof QuantityParam)) {
                continue;
            }
            try {
                parameter.setValueAsQueryToken(R4, name, modifier(name), value);
                if (isGiven(parameter)) {
                    parameter.getValueAsQueryToken();
                }
            } catch (BaseServerResponseException | DataFormatException refused) {
                GateThenParser.requireMessage(refused);
            } catch (IllegalArgumentException refused) {
                GateThenParser.requireIsOfTheParser(refused);
            }
        }
    }

    /** HAPI leaves a parameter without a value out, and its class for numbers cannot tell one. */
    private static boolean isGiven(IQueryParameterType parameter) {
        return !(parameter instanceof NumberParam number) || number.getValue() != null;
    }

    private static String modifier(String name) {
        var colon = name.indexOf(':');
        return colon < 0 ? "" : name.substring(colon);
    }
}
