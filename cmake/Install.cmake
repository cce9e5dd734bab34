# The installed package: three libraries, their public headers, the program, and a CMake package.
include(CMakePackageConfigHelpers)

install(TARGETS seedproof_rng seedproof_layers seedproof_harness EXPORT seedproof
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY golden/ DESTINATION ${CMAKE_INSTALL_DATADIR}/seedproof/golden)
install(DIRECTORY docs/schemas/ DESTINATION ${CMAKE_INSTALL_DATADIR}/seedproof/schemas)
install(FILES docs/man/seedproof.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(SEEDPROOF_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/seedproof)
install(EXPORT seedproof NAMESPACE seedproof:: DESTINATION ${SEEDPROOF_CMAKE_DIR}
  FILE seedproofTargets.cmake)
configure_package_config_file(cmake/seedproofConfig.cmake.in
  ${PROJECT_BINARY_DIR}/seedproofConfig.cmake INSTALL_DESTINATION ${SEEDPROOF_CMAKE_DIR})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/seedproofConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/seedproofConfig.cmake
  ${PROJECT_BINARY_DIR}/seedproofConfigVersion.cmake DESTINATION ${SEEDPROOF_CMAKE_DIR})
