package org.accordhie.review.fhir;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.accordhie.review.Notice;
import org.accordhie.review.ReviewReport;
import org.accordhie.review.ReviewReport.Group;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** Writes what is told of emergencies as Parameters. Source: {@code docs/break-glass.md}. */
public final class ReviewParameters {

    private ReviewParameters() {}

    /** The counts, a part for each group. */
    public static Parameters of(ReviewReport report) {
        var answer = new Parameters();
        report.groups().forEach(group -> add(answer.addParameter().setName("group"), group));
        return answer;
    }

    private static void add(ParametersParameterComponent to, Group group) {
        part(to, "kind", new CodeType(group.kind().name().toLowerCase(Locale.ROOT)));
        part(to, "name", new StringType(group.name()));
        part(to, "month", new StringType(group.month().toString()));
        part(to, "opened", new IntegerType(group.opened()));
        part(to, "closed", new IntegerType(group.closed()));
        part(to, "justified", new IntegerType(group.justified()));
        if (group.closed() > 0) {
            var share = BigDecimal.valueOf(group.justified())
                    .divide(BigDecimal.valueOf(group.closed()), 3, RoundingMode.HALF_UP);
            part(to, "justifiedShare", new DecimalType(share));
        }
        var median = group.median();
        if (median != null) {
            part(to, "medianSecondsToClosing", new IntegerType((int) median.toSeconds()));
        }
        part(to, "outlier", new BooleanType(group.outlier()));
    }

    /**
     * Notices, and where the next ones begin.
     *
     * @param cursor where these began
     * @param whole whether an officer reads them, and not the patient
     */
    public static Parameters of(List<Notice> notices, String cursor, boolean whole) {
        var answer = new Parameters();
        notices.forEach(notice -> add(answer.addParameter().setName("notice"), notice, whole));
        var next = notices.isEmpty() ? cursor : notices.get(notices.size() - 1).cursor();
        answer.addParameter("next", new StringType(next));
        return answer;
    }

    private static void add(ParametersParameterComponent to, Notice notice, boolean whole) {
        part(to, "kind", new CodeType(notice.kind().code()));
        part(to, "at", new InstantType(Date.from(notice.at())));
        part(to, "organization", new Reference(notice.organization()));
        part(to, "patient", new Reference(notice.patient()));
        if (whole) {
            part(to, "case", new StringType(notice.subject().toString()));
        }
    }

    static void part(ParametersParameterComponent to, String name, Type value) {
        to.addPart().setName(name).setValue(value);
    }
}
