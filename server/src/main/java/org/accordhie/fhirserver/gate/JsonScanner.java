package org.accordhie.fhirserver.gate;

import org.accordhie.fhirserver.gate.GateVerdict.Passed;
import org.accordhie.fhirserver.gate.GateVerdict.Refused;

/** Examines a JSON body in one pass over its bytes, without building anything from it. */
public final class JsonScanner {

    private final BodyBounds bounds;

    public JsonScanner(BodyBounds bounds) {
        this.bounds = bounds;
    }

    /** Examines a resource: one object. */
    public GateVerdict scan(byte[] body) {
        return new Pass(body, bounds, false).run();
    }

    /** Examines a JSON patch: an array, in which any text may become any element's value. */
    public GateVerdict scanPatch(byte[] body) {
        return new Pass(body, bounds, true).run();
    }

    private static final class Pass {

        private final byte[] body;
        private final boolean isPatch;
        private final JsonTokens tokens;
        private final JsonNesting nesting;

        Pass(byte[] body, BodyBounds bounds, boolean isPatch) {
            this.body = body;
            this.isPatch = isPatch;
            tokens = new JsonTokens(body);
            nesting = new JsonNesting(body, bounds);
        }

        GateVerdict run() {
            try {
                document();
                return new Passed();
            } catch (Refusal refusal) {
                return new Refused(refusal.problem(), Place.at(nesting.path(), body, tokens.position()));
            }
        }

        private void document() throws Refusal {
            start();
            // Depth is a number here and not the call stack, so that nesting cannot overflow it.
            while (!nesting.isOutermost()) {
                if (nesting.isInObject()) {
                    member();
                } else {
                    element();
                }
            }
            if (tokens.next() >= 0) {
                throw new Refusal(Problem.TRAILING_CONTENT);
            }
        }

        private void start() throws Refusal {
            var first = tokens.next();
            if (first < 0) {
                throw new Refusal(Problem.BODY_MISSING);
            }
            if (first >= 0x80) {
                throw new Refusal(Problem.NOT_UTF8);
            }
            if (first != '{' && !(isPatch && first == '[')) {
                throw new Refusal(Problem.NOT_AN_OBJECT);
            }
            open(first == '{');
        }

        private void member() throws Refusal {
            if (tokens.next() == '}') {
                close();
                return;
            }
            if (!nesting.isFirstChild()) {
                tokens.take(',');
            }
            tokens.readText();
            nesting.addName(tokens.textStart(), tokens.textEnd());
            if (tokens.textStart() == tokens.textEnd()) {
                // The FHIR parser looks at the first character of every name.
                throw new Refusal(Problem.EMPTY_NAME);
            }
            if (tokens.isTextEscaped()) {
                throw new Refusal(Problem.ESCAPED_NAME);
            }
            tokens.takeText();
            tokens.take(':');
            value();
        }

        private void element() throws Refusal {
            if (tokens.next() == ']') {
                close();
                return;
            }
            if (!nesting.isFirstChild()) {
                tokens.take(',');
            }
            nesting.addElement();
            value();
        }

        private void value() throws Refusal {
            switch (tokens.next()) {
                case '{' -> open(true);
                case '[' -> open(false);
                case '"' -> text();
                case 't' -> tokens.takeWord("true");
                case 'f' -> tokens.takeWord("false");
                case 'n' -> tokens.takeWord("null");
                default -> tokens.takeNumber();
            }
        }

        private void text() throws Refusal {
            tokens.readText();
            if (nesting.isAtResourceType()) {
                nesting.setResourceType(tokens.text());
            } else if (mayTextBeDecimal() && DecimalBounds.exceeds(tokens.text())) {
                throw new Refusal(Problem.NUMBER);
            } else if (tokens.mayTextBeQuery() && nesting.maySearch()) {
                QueryText.requireSafeSearch(tokens.text());
            }
            tokens.takeText();
        }

        private boolean mayTextBeDecimal() {
            return tokens.mayTextBeDecimal() && (isPatch || nesting.mayBeDecimal());
        }

        private void open(boolean object) throws Refusal {
            nesting.open(object);
            tokens.take();
        }

        private void close() {
            nesting.close();
            tokens.take();
        }
    }
}
