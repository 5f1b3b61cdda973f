package org.anabranch.spark.data;

/** Why a record cannot be used, on its way out of nested loops; no parser lets it out. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;
  private static final int SHOWN = 40;

  final Fault fault;
  final String reason;

  Refusal(Fault fault, String reason) {
    super(reason, null, false, false);
    this.fault = fault;
    this.reason = reason;
  }

  /** As a record of a file. */
  BadRecord at(String file, long number) {
    return new BadRecord(file, number, fault, reason);
  }

  /** What was met, in quotes, cut where it is long. */
  static String shown(String text) {
    return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…") + "'";
  }
}
