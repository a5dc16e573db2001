package org.accordhie.worlds;

import java.util.Map;
import org.accordhie.worlds.plain.LabelConsentService;

/** Who asks a plain HAPI server: readers say that they are, and everybody else may see everything. */
final class Readers implements World.Credentials {

    static final String READER = "reader";

    @Override
    public Map<String, String> of(String who) {
        return who.equals(READER) ? Map.of(LabelConsentService.READER, "yes") : Map.of();
    }

    @Override
    public String hide(String body) {
        return body.replaceAll(
                "\\{(?=(\"id\":\"[^\"]*\",)?\"resourceType\":\"(?!Bundle))",
                "{\"meta\":{\"security\":[{\"system\":\"" + LabelConsentService.SYSTEM + "\",\"code\":\""
                        + LabelConsentService.HIDDEN + "\"}]},");
    }
}
