#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <seedproof/harness/golden/file_io.h>
#include <seedproof/rng/values/error.h>

namespace seedproof {

namespace {

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path, int code) {
  throw IoError("cannot " + what + " '" + path.string() +
                "': " + std::generic_category().message(code));
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  /// Closes now and returns errno, 0 where it went well.
  int close() { return ::close(std::exchange(fd_, -1)) == 0 ? 0 : errno; }

 private:
  int fd_;
};

/// Reads up to `size` bytes; fewer only at the end of the file.
std::size_t read_fully(int fd, std::byte* to, std::size_t size, const std::filesystem::path& path) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::read(fd, to + done, size - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read", path, errno);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

int write_fully(int fd, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return errno;
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return 0;
}

/// Makes "<path>.XXXXXX" with these bytes, readable by everyone as committed files are.
std::string write_temporary(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  std::string name = path.string() + ".XXXXXX";
  Descriptor file(::mkstemp(name.data()));
  if (file.get() < 0) fail("write", path, errno);
  int code = write_fully(file.get(), bytes);
  if (code == 0 && ::fchmod(file.get(), S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH) != 0) code = errno;
  if (code == 0 && ::fsync(file.get()) != 0) code = errno;
  if (const int closed = file.close(); code == 0) code = closed;
  if (code != 0) {
    ::unlink(name.c_str());
    fail("write", path, code);
  }
  return name;
}

}  // namespace

std::vector<std::byte> read_file(const std::filesystem::path& path, std::uint64_t max_bytes) {
  // Not blocking, so that a pipe without a writer is refused instead of waited for.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) fail("open", path, errno);
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) fail("read", path, errno);
  if (!S_ISREG(info.st_mode)) throw IoError("'" + path.string() + "' is not a regular file");
  const auto size = static_cast<std::uint64_t>(info.st_size);
  if (size > max_bytes) {
    throw FormatError(path.string() + ": " + std::to_string(size) + " bytes, at most " +
                      std::to_string(max_bytes) + " are read");
  }
  std::vector<std::byte> out(static_cast<std::size_t>(size));
  std::byte extra{};
  if (read_fully(file.get(), out.data(), out.size(), path) != out.size() ||
      read_fully(file.get(), &extra, 1, path) != 0) {
    throw IoError("'" + path.string() + "' changed while it was read");
  }
  return out;
}

StagedFile::StagedFile(std::filesystem::path path, std::span<const std::byte> bytes)
    : path_(std::move(path)), temporary_(write_temporary(path_, bytes)) {}

StagedFile::StagedFile(StagedFile&& other) noexcept
    : path_(std::move(other.path_)), temporary_(std::exchange(other.temporary_, {})) {}

StagedFile::~StagedFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void StagedFile::commit() {
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail("replace", path_, errno);
  temporary_.clear();
}

void write_file_atomically(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  StagedFile(path, bytes).commit();
}

void write_file_atomically(const std::filesystem::path& path, std::string_view text) {
  write_file_atomically(path, std::as_bytes(std::span<const char>(text.data(), text.size())));
}

}  // namespace seedproof
