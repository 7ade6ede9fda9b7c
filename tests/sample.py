"""A fee schedule row for tests of rules and prices: 31243 as RVU26C has it."""

from cptref.model.rows import PfsRow

ROW = PfsRow(
    code="31243", modifier="", status="A", not_used="", work="2.63", nonfacility_pe="66.62", nonfacility_na="",
    facility_pe="1.02", facility_na="", mp="0.39", nonfacility_total="69.64", facility_total="4.04", pctc="0",
    global_days="000", preoperative="0.00", intraoperative="0.00", postoperative="0.00", mult_proc="3", bilat_surg="2",
    asst_surg="1", co_surg="0", team_surg="0", endo_base="31231", conversion_factor="33.4009", supervision="09",
    imaging_family="99", opps_nonfacility_pe="0.00", opps_facility_pe="0.00", opps_mp="0.00",
)  # fmt: skip
