#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <seedproof/harness/subjects/child_process.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

/// Longest line that is read: no program makes this one eat memory.
constexpr std::size_t kMaxLine = std::size_t{1} << 20;

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void reset(int number) {
    close();
    number_ = number;
  }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }
  int get() const { return number_; }

 private:
  int number_ = -1;
};

struct Pipe {
  Descriptor read, write;
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw IoError(std::string("pipe: ") + std::strerror(errno));
    read.reset(ends[0]);
    write.reset(ends[1]);
  }
};

class SpawnActions {
 public:
  SpawnActions() { posix_spawn_file_actions_init(&actions_); }
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
  posix_spawn_file_actions_t* get() { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (const std::string& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

/// Killed and waited for, whatever happens.
class Child {
 public:
  explicit Child(pid_t process) : process_(process) {}
  ~Child() {
    if (process_ <= 0) return;
    kill(process_, SIGKILL);
    wait();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  int wait() {
    int status = 0;
    while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    return status;
  }

 private:
  pid_t process_;
};

pid_t spawn(const std::string& program, const std::vector<std::string>& arguments,
            const std::vector<std::string>& environment, const Pipe& in, const Pipe& out) {
  SpawnActions actions;
  posix_spawn_file_actions_adddup2(actions.get(), in.read.get(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(actions.get(), out.write.get(), STDOUT_FILENO);
  posix_spawn_file_actions_addopen(actions.get(), STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addchdir_np(actions.get(), "/");
  std::vector<std::string> words = {"seedproof"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  pid_t process = -1;
  const int error = posix_spawn(&process, program.c_str(), actions.get(), nullptr,
                                pointers(words).data(), pointers(environment).data());
  if (error != 0) throw IoError("cannot start '" + program + "': " + std::strerror(error));
  return process;
}

/// Feeds and reads until the program closes its standard output.
class Conversation {
 public:
  Conversation(Pipe& in, Pipe& out, const std::string& input, double timeout_seconds)
      : in_(in), out_(out), input_(input), timeout_(timeout_seconds) {
    fcntl(in_.write.get(), F_SETFL, O_NONBLOCK);
  }

  void run(const std::function<void(const std::string&)>& line) {
    while (true) {
      pollfd ends[2] = {{out_.read.get(), POLLIN, 0}, {in_.write.get(), POLLOUT, 0}};
      const int ready = poll(ends, in_.write.get() >= 0 ? 2 : 1, milliseconds_left());
      if (ready < 0 && errno == EINTR) continue;
      if (ready == 0) {
        throw IoError("not done within " + std::to_string(static_cast<int>(timeout_)) + " s");
      }
      if (ends[1].revents != 0) feed();
      if (ends[0].revents != 0 && !read_some(line)) return;
    }
  }

 private:
  int milliseconds_left() const {
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start_;
    return static_cast<int>(std::max(0.0, timeout_ - spent.count()) * 1000.0);
  }

  void feed() {
    const ssize_t count = write(in_.write.get(), input_.data() + fed_, input_.size() - fed_);
    if (count > 0) fed_ += static_cast<std::size_t>(count);
    if (fed_ == input_.size() || (count < 0 && errno != EAGAIN && errno != EINTR)) {
      in_.write.close();
    }
  }

  bool read_some(const std::function<void(const std::string&)>& line) {
    char buffer[8192];
    const ssize_t count = read(out_.read.get(), buffer, sizeof buffer);
    if (count < 0) return errno == EINTR;
    if (count == 0) {
      if (!rest_.empty()) line(rest_);
      return false;
    }
    rest_.append(buffer, static_cast<std::size_t>(count));
    std::size_t begin = 0;
    for (std::size_t end; (end = rest_.find('\n', begin)) != std::string::npos; begin = end + 1) {
      line(rest_.substr(begin, end - begin));
    }
    rest_.erase(0, begin);
    if (rest_.size() > kMaxLine) throw IoError("a line of more than 1 MiB");
    return true;
  }

  Pipe& in_;
  Pipe& out_;
  const std::string& input_;
  double timeout_;
  std::size_t fed_ = 0;
  std::string rest_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// A program may end without reading its input: that is no reason for this one to end.
class IgnoreBrokenPipe {
 public:
  IgnoreBrokenPipe() {
    struct sigaction ignore = {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, &before_);
  }
  ~IgnoreBrokenPipe() { sigaction(SIGPIPE, &before_, nullptr); }
  IgnoreBrokenPipe(const IgnoreBrokenPipe&) = delete;
  IgnoreBrokenPipe& operator=(const IgnoreBrokenPipe&) = delete;

 private:
  struct sigaction before_ = {};
};

}  // namespace

ChildOutcome run_child(const std::string& program, const std::vector<std::string>& arguments,
                       const std::vector<std::string>& environment, const std::string& input,
                       double timeout_seconds,
                       const std::function<void(const std::string&)>& line) {
  const IgnoreBrokenPipe guard;
  Pipe in;
  Pipe out;
  Child child(spawn(program, arguments, environment, in, out));
  in.read.close();
  out.write.close();
  Conversation(in, out, input, timeout_seconds).run(line);
  const int status = child.wait();
  if (WIFSIGNALED(status)) {
    return {"ended by signal " + std::to_string(WTERMSIG(status)) + " (" +
            strsignal(WTERMSIG(status)) + ")"};
  }
  if (WEXITSTATUS(status) != 0) {
    return {"ended with exit code " + std::to_string(WEXITSTATUS(status))};
  }
  return {};
}

}  // namespace seedproof
