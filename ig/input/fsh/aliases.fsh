Alias: $scope = http://terminology.hl7.org/CodeSystem/consentscope
Alias: $actCode = http://terminology.hl7.org/CodeSystem/v3-ActCode
Alias: $actReason = http://terminology.hl7.org/CodeSystem/v3-ActReason
Alias: $participation = http://terminology.hl7.org/CodeSystem/v3-ParticipationType
Alias: $loinc = http://loinc.org
