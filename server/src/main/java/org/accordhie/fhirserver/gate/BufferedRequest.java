package org.accordhie.fhirserver.gate;

import ca.uhn.fhir.util.DateUtils;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body the gate has read, handed on for one more reading. Its parameters are those of the address and of a
 * posted form, which the container can no longer find.
 */
final class BufferedRequest extends HttpServletRequestWrapper {

    private static final String SINCE = "If-Modified-Since";

    private final int length;
    private final ServletInputStream stream;
    private final Map<String, String[]> parameters;

    BufferedRequest(HttpServletRequest request, @Nullable BodyKind kind, byte[] body) {
        super(request);
        length = body.length;
        stream = new BodyStream(body);
        parameters = new LinkedHashMap<>(request.getParameterMap());
        if (kind == BodyKind.FORM) {
            QueryText.parameters(new String(body, StandardCharsets.UTF_8))
                    .forEach((name, values) ->
                            parameters.merge(name, values.toArray(String[]::new), BufferedRequest::both));
        }
    }

    private static String[] both(String[] some, String[] others) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(others)).toArray(String[]::new);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Collections.unmodifiableMap(parameters);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters.keySet());
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return parameters.get(name);
    }

    @Override
    public @Nullable String getParameter(String name) {
        var values = parameters.get(name);
        return values == null ? null : values[0];
    }

    /** Without an {@code If-Modified-Since} that is no date, which is to be ignored. Source: RFC 9110, section 13.1.3. */
    @Override
    public @Nullable String getHeader(String name) {
        var value = super.getHeader(name);
        var isIgnored = value != null && name.equalsIgnoreCase(SINCE) && DateUtils.parseDate(value) == null;
        return isIgnored ? null : value;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return name.equalsIgnoreCase(SINCE) && getHeader(name) == null
                ? Collections.emptyEnumeration()
                : super.getHeaders(name);
    }

    @Override
    public ServletInputStream getInputStream() {
        return stream;
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    @Override
    public int getContentLength() {
        return length;
    }

    @Override
    public long getContentLengthLong() {
        return length;
    }

    private static final class BodyStream extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        BodyStream(byte[] body) {
            bytes = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int count) {
            return bytes.read(target, offset, count);
        }

        @Override
        public int available() {
            return bytes.available();
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is already here");
        }
    }
}
