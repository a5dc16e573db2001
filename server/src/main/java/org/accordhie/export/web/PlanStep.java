package org.accordhie.export.web;

import ca.uhn.fhir.batch2.api.IJobDataSink;
import ca.uhn.fhir.batch2.api.IJobStepWorker;
import ca.uhn.fhir.batch2.api.RunOutcome;
import ca.uhn.fhir.batch2.api.StepExecutionDetails;
import ca.uhn.fhir.batch2.api.VoidModel;
import org.accordhie.export.jpa.ExportWork;
import org.accordhie.fhirserver.StorageView;

/** The first step of a job: a chunk for each type of which something is still to be listed. */
final class PlanStep implements IJobStepWorker<ExportParameters, VoidModel, ExportedType> {

    private final ExportWork work;

    PlanStep(ExportWork work) {
        this.work = work;
    }

    @Override
    public RunOutcome run(
            StepExecutionDetails<ExportParameters, VoidModel> details, IJobDataSink<ExportedType> chunks) {
        var job = details.getParameters().job();
        var types = StorageView.WHOLE.during(() -> work.undone(job));
        types.forEach(type -> chunks.accept(new ExportedType(type)));
        return new RunOutcome(types.size());
    }
}
