RuleSet: ConsentOfAlice(on)
* status = #active
* scope = $scope#patient-privacy
* category = $loinc#59284-0
* patient = Reference(Patient/alice)
* dateTime = "{on}"

Instance: PermitTreatment
InstanceOf: AccordConsent
Usage: #example
Title: "For treatment only"
Description: "Alice keeps her records to herself, except that whoever treats her may see them."
* insert ConsentOfAlice(2026-01-15)
* policyRule = $actCode#OPTOUTE
* provision.provision
  * type = #permit
  * purpose = $actReason#TREAT

Instance: DenyOrganization
InstanceOf: AccordConsent
Usage: #example
Title: "Not this clinic"
Description: "Alice shares her records with everyone but one clinic. The base rule is the type of the root provision."
* insert ConsentOfAlice(2026-01-15)
* policyRule = $actCode#OPTIN
* provision
  * type = #permit
  * provision
    * type = #deny
    * actor
      * role = $participation#IRCP
      * reference = Reference(Organization/lakeside-clinic)

Instance: DenySubstanceUse
InstanceOf: AccordConsent
Usage: #example
Title: "Nothing about substance use"
Description: "Alice shares her records, except for what is labelled as substance use information (ETH), during one year."
* insert ConsentOfAlice(2026-01-15)
* policyRule = $actCode#OPTINR
* provision
  * period
    * start = "2026-01-15"
    * end = "2027-01-14"
  * provision
    * type = #deny
    * securityLabel = $actCode#ETH
