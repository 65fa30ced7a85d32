package dev.atalaya.agent.export;

/** Where batches go. */
interface ExportTarget extends Sender {
  /** For people: without credentials. */
  String address();

  /** After the last send; what is under way may be cut off. */
  void close();
}
