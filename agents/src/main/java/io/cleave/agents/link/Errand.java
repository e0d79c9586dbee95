package io.cleave.agents.link;

import io.cleave.agents.data.DataCall;
import io.cleave.agents.data.Parcel;
import io.cleave.policies.plan.Codec;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A stage of a frame that a server is to run: it waits for the link, is sent, is worked on, and
 * comes back. Owned by the loop.
 */
public final class Errand {
  enum Phase {
    WAITING,
    SENDING,
    AWAITING,
    OVER
  }

  final Links.Stage stage;
  private final Link link;
  private final Consumer<ErrandEvent> listener;
  Phase phase = Phase.WAITING;
  Optional<DataCall> call = Optional.empty();
  double totalBits; // of its upload
  long upBytes;
  long downBytes;

  Errand(Link link, Links.Stage stage, Consumer<ErrandEvent> listener) {
    this.link = link;
    this.stage = stage;
    this.listener = listener;
    this.totalBits = expectedBits(stage);
  }

  /** True if its upload has not begun, since the link is taken. */
  public boolean waits() {
    return phase == Phase.WAITING;
  }

  /** It is not wanted any more: the link is free, the server stops. Nothing more is told of it. */
  public Traffic cancel() {
    link.cancel(this);
    return traffic();
  }

  Traffic traffic() {
    return new Traffic(upBytes, downBytes);
  }

  /** Of its upload, by the codec's stated size: what it is until the tensors are encoded. */
  private static double expectedBits(Links.Stage stage) {
    return 8
        * stage.work().inputs().stream()
            .mapToDouble(input -> input.byteCount() * factor(stage.codec(), input))
            .sum();
  }

  private static double factor(Codec codec, TensorValue input) {
    return input.kind() == ElementKind.FLOAT32 ? codec.sizeFactor(input.shape()) : 1;
  }

  /** Known before anything is acknowledged. */
  void packed(Parcel parcel) {
    totalBits = parcel.bits();
    if (parcel.raw() > 0 && phase != Phase.OVER) {
      tell(new ErrandEvent.SentRaw(parcel.raw()));
    }
  }

  void tell(ErrandEvent event) {
    listener.accept(event);
  }
}
