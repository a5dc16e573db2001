package org.accordhie.worlds;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.accordhie.worlds.plain.LabelConsentService;

/** Who asks a plain HAPI server: readers say that they are, and everybody else may see everything. */
final class Readers implements World.Credentials {

    static final String READER = "reader";

    @Override
    public Map<String, String> of(String who) {
        return who.equals(READER) ? Map.of(LabelConsentService.READER, "yes") : Map.of();
    }

    /** HAPI gives entries in any order where none is asked for, and among equals. */
    @Override
    public String certain(String told) {
        var parts = told.split("(?=\\{\\s*\"(?:fullUrl|resource)\"\\s*:)");
        return parts[0]
                + Arrays.stream(parts)
                        .skip(1)
                        .map(part -> part.replaceFirst("[\\s,\\]}]*$", ""))
                        .sorted()
                        .collect(Collectors.joining("\n"));
    }

    @Override
    public String hide(String body) {
        return body.replaceAll(
                "\\{(?=(\"id\":\"[^\"]*\",)?\"resourceType\":\"(?!Bundle))",
                "{\"meta\":{\"security\":[{\"system\":\"" + LabelConsentService.SYSTEM + "\",\"code\":\""
                        + LabelConsentService.HIDDEN + "\"}]},");
    }
}
