package io.cleave.agents.data;

/** What happens to the calls of a server, for counting. */
public enum DataEvent {
  /** A call to run a slice was opened. */
  OPENED,
  /** A slice was handed over to be run. */
  EXECUTED,
  /** A call asked for work that was under way already. */
  JOINED,
  /** A call asked for work that was done already, and got the answer that was kept. */
  REPEATED,
  /** An answer was sent as a whole. */
  ANSWERED,
  /** The device cancelled before its tensors were there. */
  CANCELLED_UPLOADING,
  /** The device cancelled while the work waited or ran. */
  CANCELLED_WORKING,
  /** The device cancelled while the answer was under way. */
  CANCELLED_ANSWERING,
  /** The deadline passed, at any point. */
  LATE,
  /** Work was stopped, since nobody waited for it any more. */
  STOPPED,
  /** Slices were made ready. */
  PREPARED,
  /** A link was probed. */
  PROBED,
  /** A tensor of an answer went raw, since the form asked for cannot say its values. */
  SENT_RAW
}
