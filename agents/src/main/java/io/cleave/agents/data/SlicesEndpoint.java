package io.cleave.agents.data;

import io.cleave.transport.grpc.PrepareReply;
import io.cleave.transport.grpc.PrepareRequest;
import io.cleave.transport.grpc.ProbeReply;
import io.cleave.transport.grpc.ProbeRequest;
import io.cleave.transport.grpc.RunReply;
import io.cleave.transport.grpc.RunRequest;
import io.cleave.transport.grpc.SlicesGrpc.SlicesImplBase;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** Where gRPC hands calls over. */
final class SlicesEndpoint extends SlicesImplBase {
  private final Reception reception;

  SlicesEndpoint(Reception reception) {
    this.reception = reception;
  }

  @Override
  public StreamObserver<RunRequest> run(StreamObserver<RunReply> replies) {
    return RunCall.open(reception, (ServerCallStreamObserver<RunReply>) replies);
  }

  @Override
  public void prepare(PrepareRequest request, StreamObserver<PrepareReply> replies) {
    PrepareCall.open(reception, request, (ServerCallStreamObserver<PrepareReply>) replies);
  }

  @Override
  public StreamObserver<ProbeRequest> probe(StreamObserver<ProbeReply> replies) {
    return ProbeCall.open(reception, (ServerCallStreamObserver<ProbeReply>) replies);
  }
}
